import type { RoleBinding } from '@autodevops/domain/kubernetes/cluster';
import { grants, reaches, roleAllows, sawRbac } from '../../reading/platform/rbac.ts';
import type { Grant } from '../../reading/platform/rbac.ts';
import type { AskContext, Reply } from '../intent.ts';
import type { WantedAccess } from './wanted-access.ts';

/** "everywhere" or "in namespace shop" */
export function placeOf({ kind, binding }: Grant): string {
  return kind === 'ClusterRoleBinding' ? 'everywhere' : `in namespace ${binding.metadata.namespace}`;
}

/** "ClusterRoleBinding nodes to ClusterRole reader" */
export function wayOf({ kind, binding }: Grant): string {
  const { namespace, name } = binding.metadata;
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name} to ${binding.roleRef.kind} ${binding.roleRef.name}`;
}

/** Whom a binding names: "ServiceAccount shop/default", "Group system:masters" */
export function subjectTexts({ subjects, metadata }: RoleBinding): readonly string[] {
  return subjects.map(
    ({ kind, name, namespace }) =>
      `${kind} ${kind === 'ServiceAccount' ? `${namespace ?? metadata.namespace}/` : ''}${name}`,
  );
}

/** The bindings whose role allows it: in the namespace, or (without one) in any. */
export function grantsOf(
  { snapshot }: AskContext,
  { access }: WantedAccess,
  namespace: string | undefined,
): readonly Grant[] {
  return grants(snapshot).filter(
    (grant) => (namespace === undefined || reaches(grant, namespace)) && roleAllows(grant.role, access),
  );
}

/** The reply where roles or bindings could not be read: their absence then proves nothing. */
export function rbacNotSeen({ snapshot }: AskContext, namespace: string | undefined): Reply | undefined {
  if (sawRbac(snapshot, namespace ?? '')) return undefined;
  return {
    outcome: 'not-seen',
    headline:
      'I could not read all roles and bindings, so I cannot tell who may do what. `kubectl auth can-i` asks the API server itself.',
    blindSpots: [...snapshot.blindSpots],
  };
}
