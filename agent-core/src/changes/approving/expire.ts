import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { appendEvents, readChange } from '../journal/journal.ts';
import type { Recorded } from '../journal/journal.ts';
import { openChanges } from '../journal/overlap.ts';
import { timeOf } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

/** Clocks of processes that share a store may differ by so much, in milliseconds. */
const clocksDiffer = 120_000;

/**
 * Whether a change has waited too long. When its last event lies ahead the clock was set back since, and how long it has
 * waited is not known: that counts as too long, because a clock extends no yes.
 */
export function isDue({ state, expiresAt, updatedAt }: Change, now: number): boolean {
  if (state !== 'proposed' && state !== 'waiting' && state !== 'approved') return false;
  return !(now < Date.parse(expiresAt)) || !(now >= Date.parse(updatedAt) - clocksDiffer);
}

/** The change as it is, after it has expired where its time is over. */
export async function expireWhenDue(
  before: Recorded,
  { store, clock, agent }: Pick<Surroundings, 'store' | 'clock' | 'agent'>,
): Promise<Recorded> {
  if (!isDue(before.change, clock.now())) return before;
  return await appendEvents(store.changes, {
    id: before.change.id,
    before,
    events: [{ type: 'expired', time: timeOf(clock) }],
    agent,
  });
}

/** Lets every change expire whose time is over, and says which. */
export async function expireAll(
  surroundings: Pick<Surroundings, 'store' | 'clock' | 'agent'>,
): Promise<readonly Change[]> {
  const due = (await openChanges(surroundings.store.changes)).filter((change) =>
    isDue(change, surroundings.clock.now()),
  );
  const expired: Change[] = [];
  for (const { id } of due) {
    try {
      expired.push((await expireWhenDue(await readChange(surroundings.store.changes, id), surroundings)).change);
    } catch (error) {
      // Somebody was faster: it is no longer as it was.
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict') throw error;
    }
  }
  return expired.filter(({ state }) => state === 'expired');
}
