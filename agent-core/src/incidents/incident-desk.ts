import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Actor } from '@autodevops/domain/change/actor';
import type { JournalRecord, Store } from '@autodevops/domain/ports/store';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Digest } from '../changes/simulating/digest.ts';
import type { Clock } from '../changes/surroundings.ts';
import type { IncidentRules } from './notices/placement.ts';

/** What everything that opens incidents leans on. */
export interface IncidentDesk {
  readonly store: Pick<Store, 'incidents' | 'leases' | 'settings'>;
  readonly clock: Clock;
  readonly digest: Digest;
  /** Of an incident: `inc-` and 12 letters or digits. */
  readonly newId: () => string;
  /** Tells this process from others on the same store. */
  readonly holder: string;
  readonly rules: IncidentRules;
  /** Lets what opens and joins incidents happen one after the other within this process. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Who speaks where nobody else does. */
  readonly jamie: Actor;
}

type Fence = NonNullable<JournalRecord<IncidentEvent>['fence']>;

const lease = { name: 'incidents', milliseconds: 15_000 };
/** In milliseconds: between two tries to get the lease, and how long they last. */
const pause = 50;
const longestWait = 10_000;

/** Does one work after the other, in the order in which they came. */
export function createTurns(): IncidentDesk['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/**
 * One at a time, of all processes on this store: two notices of one moment must see one another's incident. What is
 * written carries the fence, so that who was too slow writes nothing. Throws `store.locked` when it never is one's turn.
 */
export async function alone<T>(
  { store: { leases }, clock, holder, inTurn }: Pick<IncidentDesk, 'store' | 'clock' | 'holder' | 'inTurn'>,
  signal: AbortSignal,
  work: (fence: Fence) => Promise<T>,
): Promise<T> {
  return await inTurn(async () => {
    const until = clock.now() + longestWait;
    let held = await leases.acquire(lease.name, holder, lease.milliseconds);
    while (held === undefined) {
      if (clock.now() > until) {
        throw new AutoDevOpsError('store.locked', 'Another process works on incidents all the time.', 'Try again.');
      }
      await clock.wait(pause, signal);
      held = await leases.acquire(lease.name, holder, lease.milliseconds);
    }
    try {
      return await work({ lease: lease.name, fence: held.fence });
    } finally {
      await leases.release(held);
    }
  });
}

export type { Fence };
