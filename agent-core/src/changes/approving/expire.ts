import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { appendEvents, readChange } from '../journal/journal.ts';
import type { Recorded } from '../journal/journal.ts';
import { openChanges } from '../journal/overlap.ts';
import { timeOf } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export function isDue({ state, expiresAt }: Change, now: number): boolean {
  return (state === 'proposed' || state === 'waiting' || state === 'approved') && now >= Date.parse(expiresAt);
}

/** The change as it is, after it has expired where its time is over. */
export async function expireWhenDue(before: Recorded, { store, clock, agent }: Pick<Surroundings, 'store' | 'clock' | 'agent'>): Promise<Recorded> {
  if (!isDue(before.change, clock.now())) return before;
  return await appendEvents(store.changes, { id: before.change.id, before, events: [{ type: 'expired', time: timeOf(clock) }], agent });
}

/** Lets every change expire whose time is over, and says which. */
export async function expireAll(surroundings: Pick<Surroundings, 'store' | 'clock' | 'agent'>): Promise<readonly Change[]> {
  const due = (await openChanges(surroundings.store.changes)).filter((change) => isDue(change, surroundings.clock.now()));
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
