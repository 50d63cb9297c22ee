import type { BoundedClock } from '@autodevops/agent-core/changes/surroundings';
import type { Store } from '@autodevops/domain/ports/store';
import type { Configuration } from '../configuration/configuration.ts';

export type Retention = Configuration['retention'];

export interface PruningChoice {
  readonly store: Pick<Store, 'outbox' | 'memory' | 'conversations'>;
  readonly clock: BoundedClock;
  readonly retention: Retention;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

const day = 86_400_000;
/** Between two rounds. */
const every = 3_600_000;
/** Rows in one transaction, so that nobody who writes waits long for it. */
const batch = 200;
/** Between two batches, in milliseconds. */
const pause = 50;
/** Batches in one round: what is left over then is the next round's. */
const mostBatches = 100;

type Prune = (before: string) => Promise<number>;

/** What may go, by name, with the days after which it goes. Changes and the audit log are not among it. */
function overs({
  store: { outbox, memory, conversations },
  retention,
}: PruningChoice): readonly (readonly [name: string, days: number, prune: Prune])[] {
  return [
    ['events', retention.eventDays, (before) => outbox.prune({ before, limit: batch })],
    ['notes', retention.noteDays, (before) => memory.prune({ before, kinds: ['note', 'conversation'], limit: batch })],
    ['conversations', retention.conversationDays, (before) => conversations.prune({ before, limit: batch })],
  ];
}

async function pruneOne({ clock }: PruningChoice, prune: Prune, days: number, signal: AbortSignal): Promise<number> {
  // What is gone is gone: a clock that was set forwards makes nothing old.
  const before = new Date(clock.earliest() - days * day).toISOString();
  let gone = 0;
  for (let batches = 0; batches < mostBatches && !signal.aborted; batches += 1) {
    const removed = await prune(before);
    gone += removed;
    if (removed < batch) break;
    await clock.wait(pause, signal).catch(() => undefined);
  }
  return gone;
}

/** One round: removes what is over, in small batches. Tells how many of what went; throws nothing. */
export async function pruneOnce(choice: PruningChoice, signal: AbortSignal): Promise<Readonly<Record<string, number>>> {
  const gone: Record<string, number> = {};
  for (const [name, days, prune] of overs(choice)) {
    try {
      gone[name] = await pruneOne(choice, prune, days, signal);
    } catch (error) {
      choice.log(`old ${name} could not be removed`, { says: error instanceof Error ? error.message : String(error) });
    }
  }
  return gone;
}

/** Removes what is over every hour. Ends when it is closed. */
export function startPruning(choice: PruningChoice): { readonly close: () => Promise<void> } {
  const ending = new AbortController();
  const work = (async () => {
    while (!ending.signal.aborted) {
      await choice.clock.wait(every, ending.signal).catch(() => undefined);
      if (ending.signal.aborted) return;
      const gone = Object.entries(await pruneOnce(choice, ending.signal)).filter(([, count]) => count > 0);
      if (gone.length > 0) {
        choice.log('removed what was over', Object.fromEntries(gone.map(([name, count]) => [name, String(count)])));
      }
    }
  })();
  return {
    close: async () => {
      ending.abort();
      await work;
    },
  };
}
