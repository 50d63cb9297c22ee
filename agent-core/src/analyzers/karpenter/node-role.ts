import type { ConfigMap, CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { textAt } from '../../reading/json-value.ts';
import { customNamed } from '../../reading/platform/custom-objects.ts';

const classGroup = 'karpenter.k8s.aws';

/** A role of AWS that machines have and that the cluster does not admit as a node's. */
interface UnmappedRole {
  readonly role: string;
  readonly map: ConfigMap;
  /** What the map says. */
  readonly mapped: string;
}

/**
 * The role of a claim's machines, where the map of roles to users was written and leaves it out. A cluster that admits
 * nodes by access entries only has no such map.
 */
export function roleNotMapped(snapshot: Snapshot, claim: CustomObject): UnmappedRole | undefined {
  const name = textAt(claim.spec, 'nodeClassRef', 'name');
  const nodeClass = customNamed(snapshot, { group: classGroup, kind: 'EC2NodeClass', namespace: '', name });
  const role = textAt(nodeClass?.spec, 'role');
  const map = snapshot.get('ConfigMap', 'kube-system', 'aws-auth');
  const mapped = map?.data['mapRoles'] ?? '';
  if (role === '' || map === undefined || mapped === '') return undefined;
  const last = role.split('/').at(-1) ?? role;
  return mapped.split(/[\s"']+/).some((word) => word.split('/').at(-1) === last)
    ? undefined
    : { role: last, map, mapped };
}
