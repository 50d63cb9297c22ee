import type { Cause } from '@autodevops/domain/diagnosis';
import { harmed, newBlindSpots, scopeOf } from '../execution/findings.ts';
import type { Diagnose } from '../execution/findings.ts';
import { ifReadable } from '../facts/if-readable.ts';
import type { Recorded } from '../journal/journal.ts';

/**
 * What a change has touched that became ill since it began, and is ill now. Undefined: that cannot be told, because the
 * cluster cannot be seen, or nobody looked before.
 */
export async function harmSince(
  { change: { plan }, events }: Recorded,
  diagnose: Diagnose,
  signal: AbortSignal,
): Promise<readonly Cause[] | undefined> {
  const began = events.findLast((event) => event.type === 'execution-began');
  if (began?.before === undefined) return undefined;
  const { before, time } = began;
  const now = await ifReadable(async () => await diagnose(scopeOf(plan), { signal }));
  if (now === undefined) return undefined;
  const harm = harmed(plan, before, time, now).filter(({ confidence }) => confidence !== 'low');
  return harm.length === 0 && newBlindSpots(before, now).length > 0 ? undefined : harm;
}
