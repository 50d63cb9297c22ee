import { z } from 'zod';
import { finalStates } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../handling/handler.ts';
import type { ClickedCause } from './clicked-cause.ts';
import { keptNote } from '../threads/kept-note.ts';

/** Who proposes a fix for a cause of an incident, and what was proposed; empty while it is not. */
const FixClaim = z.strictObject({ event: z.string(), change: z.string(), at: z.string() });
type FixClaim = z.infer<typeof FixClaim>;

/** In milliseconds: after that, who began to propose has died over it. */
const longest = 120_000;

export interface Claimed {
  /** Says what came of it. */
  readonly proposed: (change: string) => Promise<void>;
  /** Nothing came of it: whoever clicks next may. */
  readonly givenUp: () => Promise<void>;
}

async function isTaken(
  { event, change, at }: FixClaim,
  { agent, event: { id }, now, signal }: Surroundings,
): Promise<boolean> {
  if (event === id) return false;
  if (change === '') return now().getTime() - Date.parse(at) < longest;
  const { state } = await agent.change({ params: { id: change } }, { signal });
  return !finalStates.includes(state);
}

function proposedAlready(change: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'change.wrong-state',
    `${change} was proposed for this already.`,
    'Its card stands in this thread.',
  );
}

/** Whoever proposed it: Scarlet of herself, somebody by a command or in the editor. */
async function refuseWhereOpen({ key }: ClickedCause['cause'], { agent, signal }: Surroundings): Promise<void> {
  const {
    changes: [open],
  } = await agent.changes({ query: { open: 'true', finding: key, limit: 1 } }, { signal });
  if (open !== undefined) throw proposedAlready(open.id);
}

/**
 * Makes sure that of all who click at once one proposes, and nobody again while that proposal goes on. Throws for the
 * others. The same click, worked on again after a crash, has it still.
 */
export async function claimFix(
  { incident: { id: incident }, cause, place }: ClickedCause,
  surroundings: Surroundings,
): Promise<Claimed> {
  const {
    store: { notes },
    customer,
    event,
    now,
  } = surroundings;
  const name = `fix/${incident}/${place}`;
  const kept = await keptNote(notes, customer, name, FixClaim);
  const taken = kept.value !== undefined && (await isTaken(kept.value, surroundings));
  if (kept.value?.event !== event.id) await refuseWhereOpen(cause, surroundings);
  const claim: FixClaim = { event: event.id, change: '', at: now().toISOString() };
  const isMine =
    !taken &&
    (await kept.put(claim).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AutoDevOpsError && error.code === 'store.conflict') return false;
        throw error;
      },
    ));
  if (!isMine) {
    throw kept.value === undefined || kept.value.change === ''
      ? new AutoDevOpsError(
          'change.wrong-state',
          'Somebody proposes this at this moment.',
          'Its card will stand in this thread.',
        )
      : proposedAlready(kept.value.change);
  }
  return {
    proposed: async (change) => await notes.swap(customer, name, claim, { ...claim, change }),
    givenUp: async () => await notes.remove(customer, name),
  };
}
