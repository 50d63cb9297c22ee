import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { isSubjectOf, roleAllows, subjectOfUser } from '../../../reading/platform/rbac.ts';
import type { Live } from '../../action.ts';
import { manifestName } from '../../targets/manifest-name.ts';
import type { Params } from './allowed-rule.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';

async function allows(
  binding: Manifest,
  { subject, verb, apiGroup, resource, resourceName = '', namespace }: Params,
  live: Live,
): Promise<boolean> {
  const read = kinds.RoleBinding.shape.read(binding);
  if (!isSubjectOf(subjectOfUser(subject), read)) return false;
  const { kind, name } = read.roleRef;
  const role = await live.cluster.get(
    { apiVersion, kind, namespace: kind === 'Role' ? namespace : '', name },
    { signal: live.signal },
  );
  return (
    role !== undefined &&
    roleAllows(kinds.Role.shape.read(role), { verb, group: apiGroup, resource, name: resourceName, namespace })
  );
}

/** The binding that gives the right already, as people name it; undefined when none does. */
export async function presentGrant(params: Params, live: Live): Promise<string | undefined> {
  const list = async (kind: string, namespace: string): Promise<readonly Manifest[]> =>
    await live.cluster.list({ apiVersion, kind, namespace }, { signal: live.signal });
  const bindings = [...(await list('RoleBinding', params.namespace)), ...(await list('ClusterRoleBinding', ''))];
  for (const binding of bindings) if (await allows(binding, params, live)) return manifestName(binding);
  return undefined;
}
