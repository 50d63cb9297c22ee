import type { KeptMessage, Lane, Messages } from '@autodevops/domain/ports/bot-store';
import type { Bell } from '../waiting/bell.ts';
import type { Clock } from '../waiting/clock.ts';
import { keepHolding } from '../waiting/keep-holding.ts';
import type { Delivered } from './deliver-message.ts';

export interface LaneChoice {
  readonly lane: Lane;
  readonly messages: Messages;
  readonly holder: string;
  readonly deliver: (message: KeptMessage, signal: AbortSignal) => Promise<Delivered>;
  readonly bell: Bell;
  readonly clock: Clock;
  readonly observe: (lane: Lane, outcome: Delivered) => void;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

export interface LaneWorker {
  /** Ends what is on its way within the time. */
  readonly stop: (milliseconds: number) => Promise<void>;
}

/** Milliseconds between two edits of one message: people cannot read faster, and Slack counts each. */
const betweenEdits = 1200;
const betweenLooks = 500;
/** Messages on their way at once: more than Slack's limits leave to one workspace, so that one whose calls are slow holds up no other. */
const atOnce = 64;
/** Milliseconds that a claim lasts, which is renewed: longer than one call of Slack, and what a process leaves that dies is taken up after so long. */
const hold = 15_000;

/** When the messages of a lane were changed last, to keep edits apart. */
function editTimes(now: () => number): {
  readonly untilNext: (key: string) => number;
  readonly note: (key: string) => void;
} {
  const last = new Map<string, number>();
  return {
    untilNext: (key) => Math.max(0, (last.get(key) ?? 0) + betweenEdits - now()),
    note: (key) => {
      if (last.size > 5000) for (const [old, at] of last) if (at + betweenEdits < now()) last.delete(old);
      last.set(key, now());
    },
  };
}

/** One lane of one replica: takes what is to be posted or changed now, some at a time, and never waits for another lane. */
export function startLane(choice: LaneChoice): LaneWorker {
  const looking = new AbortController();
  const stopping = new AbortController();
  const over = new AbortController();
  const onTheirWay = new Map<string, Promise<void>>();
  const edits = editTimes(choice.clock.now);
  const own = { holder: choice.holder, milliseconds: hold };
  const holding = keepHolding(
    {
      held: () => [...onTheirWay.keys()],
      renew: async (keys) => await choice.messages.renew(keys, own),
      every: hold / 3,
      wait: choice.clock.wait,
      log: choice.log,
    },
    over.signal,
  );
  const one = async (claimed: KeptMessage): Promise<void> => {
    const pause = claimed.ts === '' ? 0 : edits.untilNext(claimed.key);
    if (pause > 0) await choice.clock.wait(pause, stopping.signal);
    // What was wanted meanwhile takes the place of what was claimed.
    const message = pause > 0 ? ((await choice.messages.byKey(claimed.key)) ?? claimed) : claimed;
    const outcome = await choice.deliver({ ...message, attempts: claimed.attempts }, stopping.signal);
    if (outcome === 'posted' || outcome === 'changed') edits.note(claimed.key);
    choice.observe(choice.lane, outcome);
  };
  const begin = (message: KeptMessage): void => {
    const work = one(message)
      .catch((error: unknown) =>
        choice.log('a message could not be worked on', {
          key: message.key,
          why: error instanceof Error ? error.message : 'unknown',
        }),
      )
      .finally(() => {
        onTheirWay.delete(message.key);
        choice.bell.ring();
      });
    onTheirWay.set(message.key, work);
  };
  const loop = async (): Promise<void> => {
    while (!looking.signal.aborted) {
      const room = atOnce - onTheirWay.size;
      const claimed =
        room <= 0
          ? []
          : await choice.messages
              .claim({ ...own, limit: room, lane: choice.lane, now: new Date(choice.clock.now()).toISOString() })
              .catch(() => []);
      for (const message of claimed) begin(message);
      // Nothing to do: the next look comes with a bell, or by itself, since other replicas want messages too.
      if (claimed.length === 0) await choice.bell.heard(betweenLooks, choice.clock, looking.signal);
    }
  };
  const looper = loop();
  return {
    stop: async (milliseconds) => {
      looking.abort();
      await looper;
      const timer = setTimeout(() => stopping.abort(), milliseconds);
      await Promise.all(onTheirWay.values());
      clearTimeout(timer);
      over.abort();
      await holding;
    },
  };
}
