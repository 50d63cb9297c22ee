import type { ClaimedEvent, InboundEvent } from '@autodevops/domain/ports/bot-store';
import { endAfterFailure, layAside, wasBegunTooOften } from './failed-event.ts';
import type { EndingChoice } from './failed-event.ts';
import { fairQueue } from './fair-queue.ts';
import type { Worked } from './work-on-event.ts';

export interface WorkerChoice extends EndingChoice {
  readonly work: (event: ClaimedEvent, signal: AbortSignal) => Promise<Worked>;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly observe: (handler: string, outcome: 'done' | 'told' | 'later' | 'given-up', milliseconds: number) => void;
}

export interface Worker {
  /** One that was just kept here: it is worked on at once. */
  readonly nudge: (event: Pick<InboundEvent, 'id' | 'app' | 'team' | 'handler'>) => void;
  /** Ends what is at work within the time, gives back the rest. */
  readonly stop: (milliseconds: number) => Promise<void>;
}

/** Milliseconds between two looks for what nobody works on. */
const betweenLooks = 1000;
/** In all, and of one workspace's clicks or questions. */
const atWork = 256;
const atWorkOfGroup = 16;
/** Of what was found in the store, so much waits here for its turn: the rest is there for others. */
const mostFound = 64;
/** Milliseconds that what was found waits at most: who begins it later would not end it within its hold. */
const waitsAtMost = 20_000;

async function run(event: ClaimedEvent, choice: WorkerChoice, stopping: AbortSignal): Promise<void> {
  const began = choice.now();
  const late = AbortSignal.timeout(choice.deadline);
  const signal = AbortSignal.any([stopping, late]);
  const outcome = await (async () => {
    if (wasBegunTooOften(event, choice)) return await layAside(event, choice);
    try {
      await choice.work(event, signal);
      await choice.inbox.settle(event.id, choice.holder);
      return 'done' as const;
    } catch (error) {
      return await endAfterFailure(event, { error, isLate: late.aborted, isStopping: stopping.aborted }, choice);
    }
  })();
  choice.observe(event.handler, outcome, choice.now() - began);
}

/** Questions may take minutes; a click on Approve does not wait behind them. */
const groupOf = ({ app, team, handler }: Pick<InboundEvent, 'app' | 'team' | 'handler'>): string => `${app}/${team}/${/^(action|view|shortcut)\./.test(handler) ? 'clicks' : 'talk'}`;

/** What a look found, held for this process until then. */
interface Found {
  readonly event: ClaimedEvent;
  readonly beginBefore: number;
}

/** Works on what was kept: what came here at once, and what others left behind. Workspaces take turns. */
export function startWorker(choice: WorkerChoice): Worker {
  const queue = fairQueue<Found | string>({ atWork, atWorkOfGroup, waitingOfGroup: 500 });
  const looking = new AbortController();
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  // A hold outlives the deadline, so that nobody else begins what still runs here.
  const hold = choice.deadline + 30_000;
  let waitingFound = 0;
  const giveBack = async (event: ClaimedEvent): Promise<void> => await choice.inbox.defer(event.id, choice.holder, new Date(choice.now()).toISOString(), 'there was no room').catch(() => {});
  const taken = async (item: Found | string): Promise<ClaimedEvent | undefined> => {
    if (typeof item === 'string') return (await choice.inbox.claim({ holder: choice.holder, milliseconds: hold, limit: 1, id: item }))[0];
    waitingFound -= 1;
    if (choice.now() < item.beginBefore) return item.event;
    await giveBack(item.event);
    return undefined;
  };
  const one = async (item: Found | string): Promise<void> => {
    const event = await taken(item);
    if (event !== undefined) await run(event, choice, stopping.signal);
  };
  const pump = (): void => {
    for (let next = queue.next(); next !== undefined; next = queue.next()) {
      const { group, item } = next;
      const work = one(item).catch((error: unknown) => choice.log('the store did not answer', { why: error instanceof Error ? error.message : 'unknown' })).finally(() => {
        running.delete(work);
        queue.done(group);
        if (!looking.signal.aborted) pump();
      });
      running.add(work);
    }
  };
  const look = async (): Promise<void> => {
    while (!looking.signal.aborted) {
      const room = Math.min(16, atWork - queue.atWork(), mostFound - waitingFound);
      if (room > 0) {
        const beginBefore = choice.now() + waitsAtMost;
        const found = await choice.inbox.claim({ holder: choice.holder, milliseconds: hold, limit: room }).catch(() => []);
        for (const event of found) {
          if (queue.add(groupOf(event), { event, beginBefore })) waitingFound += 1;
          else await giveBack(event);
        }
        pump();
        if (found.length === room) continue;
      }
      await choice.wait(betweenLooks, looking.signal);
    }
  };
  const looker = look();
  return {
    nudge: (event) => {
      if (looking.signal.aborted || !queue.add(groupOf(event), event.id)) return;
      pump();
    },
    stop: async (milliseconds) => {
      looking.abort();
      await looker;
      for (const item of queue.drain()) if (typeof item !== 'string') await giveBack(item.event);
      const timer = setTimeout(() => stopping.abort(), milliseconds);
      await Promise.all(running);
      clearTimeout(timer);
    },
  };
}
