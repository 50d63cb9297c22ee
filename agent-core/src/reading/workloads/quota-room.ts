import { parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** The quota, as it is now, has room for what was refused: the controller's next attempt passes. False when it is not seen. */
export function quotaHasRoom(
  snapshot: Snapshot,
  quota: { readonly namespace: string; readonly name: string },
  requested: ReadonlyMap<string, string>,
): boolean {
  const live = snapshot.get('ResourceQuota', quota.namespace, quota.name);
  if (live === undefined || requested.size === 0) return false;
  return [...requested].every(([resource, amount]) => {
    const hard = parseQuantity(live.status.hard[resource] ?? live.spec.hard[resource]);
    const used = parseQuantity(live.status.used[resource]);
    return hard !== undefined && used !== undefined && used + (parseQuantity(amount) ?? 0) <= hard;
  });
}
