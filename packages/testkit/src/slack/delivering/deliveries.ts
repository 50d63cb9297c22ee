import type { SlackClock } from '../clock/slack-clock.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { Connections } from '../socket-mode/connections.ts';
import type { Delivery, LoggedDelivery, Outcome, Retry } from './delivery.ts';
import type { EventBudget } from './event-budget.ts';
import { sendByHttp } from './http-transport.ts';

/** Waits before the first, second and third retry: nearly at once, a minute, five. https://docs.slack.dev/apis/events-api#retries */
const retryWaits = [0, 60_000, 300_000];

export interface Deliveries {
  /** Every attempt, the oldest first. */
  readonly log: readonly LoggedDelivery[];
  /** One attempt: commands and interactions are not repeated. */
  readonly send: (delivery: Delivery) => Promise<Outcome>;
  /** With Slack's retries, in the background. */
  readonly publish: (delivery: Delivery) => void;
  /** When no attempt is under way. Retries that wait for their time are not waited for. */
  readonly quiet: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface DeliveriesOptions {
  readonly clock: SlackClock;
  readonly faults: FaultScript;
  readonly connections: Connections;
  readonly budget: EventBudget;
  /** Seconds since 1970 that requests are signed at: an app compares them with its own clock. */
  readonly signingTime: () => number;
}

export function deliveries({ clock, faults, connections, budget, signingTime }: DeliveriesOptions): Deliveries {
  const log: LoggedDelivery[] = [];
  const underWay = new Set<Promise<unknown>>();
  const closing = new AbortController();

  const attempt = async (delivery: Delivery, retry?: Retry): Promise<Outcome> => {
    const isSocket = delivery.app.manifest.settings.socket_mode_enabled === true;
    const entry: LoggedDelivery = {
      at: clock.now(),
      app: delivery.app.id,
      kind: delivery.kind,
      payload: delivery.payload,
      via: isSocket ? 'socket' : 'http',
      ...(retry === undefined ? {} : { retry }),
    };
    log.push(entry);
    const sent = isSocket
      ? connections.send(delivery, retry)
      : sendByHttp(delivery, clock, signingTime(), closing.signal, retry);
    underWay.add(sent);
    try {
      entry.outcome = await sent;
      return entry.outcome;
    } finally {
      underWay.delete(sent);
    }
  };

  const publish = async (delivery: Delivery, number: number, retry?: Retry): Promise<void> => {
    const outcome = await attempt(delivery, retry);
    if (!closing.signal.aborted) budget.note(delivery.app.id, outcome.isAcknowledged);
    const wait = retryWaits[number];
    if (outcome.isAcknowledged || !outcome.mayRetry || wait === undefined || closing.signal.aborted) return;
    const again = (): void => start(publish(delivery, number + 1, { number: number + 1, reason: outcome.reason }));
    if (wait === 0) again();
    else clock.after(wait, again);
  };
  const start = (work: Promise<unknown>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const quiet = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  };

  return {
    log,
    send: async (delivery) => {
      if (faults.duplicates(delivery.app.id)) start(attempt(delivery));
      return attempt(delivery);
    },
    publish: (delivery) => {
      if (faults.duplicates(delivery.app.id)) start(publish(delivery, 0));
      start(publish(delivery, 0));
    },
    quiet,
    close: async () => {
      closing.abort();
      await quiet();
    },
  };
}
