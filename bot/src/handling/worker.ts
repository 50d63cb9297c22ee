import type { ClaimedEvent, Hold, InboundEvent } from '@autodevops/domain/ports/bot-store';
import { beat } from '../waiting/beat.ts';
import { keepHolding } from '../waiting/keep-holding.ts';
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
  /** How one that comes here is to be kept, so that it is worked on at once; undefined: there is no room, it is found in its turn. */
  readonly holdFor: (event: Pick<InboundEvent, 'app' | 'team' | 'handler'>) => Hold | undefined;
  /** One that was just kept with that hold. */
  readonly begin: (event: InboundEvent) => void;
  /** Ends what is at work within the time, gives back the rest. */
  readonly stop: (milliseconds: number) => Promise<void>;
}

/** Milliseconds between two looks for what nobody works on. */
const betweenLooks = 1000;
/** In all, and of one workspace's clicks or questions. */
const atWork = 256;
const atWorkOfGroup = 16;
/** So many of a group wait here for their turn; the others are found in the store, workspaces in turn. */
const waitingOfGroup = 64;
/** Of what was found in the store, so much waits here for its turn: the rest is there for others. */
const mostFound = 64;
/** Milliseconds of a hold, which is renewed: what a process leaves that dies is taken up after so long. */
const hold = 15_000;
/** Milliseconds within which what came to its end is settled together. */
const settling = 25;

async function run(
  event: ClaimedEvent,
  choice: WorkerChoice,
  stopping: AbortSignal,
  together: () => Promise<void>,
): Promise<void> {
  const began = choice.now();
  const late = AbortSignal.timeout(choice.deadline);
  const signal = AbortSignal.any([stopping, late]);
  const outcome = await (async () => {
    if (wasBegunTooOften(event, choice)) return await layAside(event, choice);
    try {
      await choice.work(event, signal);
      await together();
      await choice.inbox.settle(event.id, choice.holder);
      return 'done' as const;
    } catch (error) {
      return await endAfterFailure(event, { error, isLate: late.aborted, isStopping: stopping.aborted }, choice);
    }
  })();
  choice.observe(event.handler, outcome, choice.now() - began);
}

/** Questions may take minutes; a click on Approve does not wait behind them. */
const groupOf = ({ app, team, handler }: Pick<InboundEvent, 'app' | 'team' | 'handler'>): string =>
  `${app}/${team}/${/^(action|view|shortcut)\./.test(handler) ? 'clicks' : 'talk'}`;

/** One that is held here; `isFound`: others may have left it. */
interface Held {
  readonly event: ClaimedEvent;
  readonly isFound: boolean;
}

/** Works on what was kept: what came here at once, and what others left behind. Workspaces take turns. */
export function startWorker(choice: WorkerChoice): Worker {
  const { inbox, holder, wait, log } = choice;
  const queue = fairQueue<Held>({ atWork, atWorkOfGroup, waitingOfGroup });
  const looking = new AbortController();
  const stopping = new AbortController();
  const over = new AbortController();
  const running = new Set<Promise<void>>();
  const held = new Set<string>();
  const together = beat(settling, async (milliseconds) => await wait(milliseconds, over.signal));
  const own: Hold = { holder, milliseconds: hold };
  let waitingFound = 0;
  const giveBack = async ({ id }: InboundEvent): Promise<void> => {
    held.delete(id);
    await inbox.defer(id, holder, new Date(choice.now()).toISOString(), 'there was no room').catch(() => {});
  };
  const pump = (): void => {
    for (let next = queue.next(); next !== undefined; next = queue.next()) {
      const {
        group,
        item: { event, isFound },
      } = next;
      if (isFound) waitingFound -= 1;
      const work = run(event, choice, stopping.signal, together)
        .catch((error: unknown) =>
          log('the store did not answer', { why: error instanceof Error ? error.message : 'unknown' }),
        )
        .finally(() => {
          held.delete(event.id);
          running.delete(work);
          queue.done(group);
          if (!looking.signal.aborted) pump();
        });
      running.add(work);
    }
  };
  /** False: it was given back. */
  const take = async (item: Held): Promise<boolean> => {
    if (looking.signal.aborted || !queue.add(groupOf(item.event), item)) {
      await giveBack(item.event);
      return false;
    }
    held.add(item.event.id);
    return true;
  };
  const look = async (): Promise<void> => {
    while (!looking.signal.aborted) {
      const room = Math.min(16, atWork - queue.atWork(), mostFound - waitingFound);
      if (room > 0) {
        const found = await inbox.claim({ ...own, limit: room }).catch(() => []);
        for (const event of found) if (await take({ event, isFound: true })) waitingFound += 1;
        pump();
        if (found.length === room) continue;
      }
      await wait(betweenLooks, looking.signal);
    }
  };
  const looker = look();
  const holding = keepHolding(
    { held: () => [...held], renew: async (ids) => await inbox.renew(ids, own), every: hold / 3, wait, log },
    over.signal,
  );
  return {
    holdFor: (event) => (!looking.signal.aborted && queue.hasRoom(groupOf(event)) ? own : undefined),
    begin: (event) => {
      void take({ event: { ...event, attempt: 1 }, isFound: false });
      pump();
    },
    stop: async (milliseconds) => {
      looking.abort();
      await looker;
      for (const { event } of queue.drain()) await giveBack(event);
      const timer = setTimeout(() => stopping.abort(), milliseconds);
      await Promise.all(running);
      clearTimeout(timer);
      over.abort();
      await holding;
    },
  };
}
