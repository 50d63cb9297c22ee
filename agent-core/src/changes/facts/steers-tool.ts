import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { ObjectRef } from '@autodevops/domain/object-ref';

/** Whether it is an object by which people steer a tool: changing it is asking the tool, not going behind its back. */
export function steersTool({ apiVersion, kind }: Pick<ObjectRef, 'apiVersion' | 'kind'>): boolean {
  const group = groupOf(apiVersion);
  return (group === 'argoproj.io' && /^Application(?:Set)?$/.test(kind)) || group.endsWith('.toolkit.fluxcd.io');
}
