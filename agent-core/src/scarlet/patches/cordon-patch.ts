import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { Live } from '../action.ts';
import { fieldAt, setField } from './field-patch.ts';

export const unschedulablePath = ['spec', 'unschedulable'] as const;

export function isCordoned(node: Manifest): boolean {
  return fieldAt(node, unschedulablePath) === true;
}

export function cordonPatch(node: Manifest): Extract<ClusterOperation, { verb: 'patch' }> {
  return {
    verb: 'patch',
    target: targetOf(node),
    subresource: '',
    steps: [...setField(node, unschedulablePath, true)],
  };
}

export function isReady(node: Manifest): boolean {
  const conditions = fieldAt(node, ['status', 'conditions']);
  return (
    Array.isArray(conditions) &&
    conditions.some(
      (condition: unknown) => fieldAt(condition, ['type']) === 'Ready' && fieldAt(condition, ['status']) === 'True',
    )
  );
}

/** Other nodes that are ready and take pods. */
export async function otherOpenNodes(node: Manifest, live: Live): Promise<readonly Manifest[]> {
  const nodes = await live.cluster.list({ apiVersion: 'v1', kind: 'Node', namespace: '' }, { signal: live.signal });
  return nodes.filter((other) => other.metadata.name !== node.metadata.name && !isCordoned(other) && isReady(other));
}
