import type { BotStore, Lane } from '@autodevops/domain/ports/bot-store';
import type { Log } from '../observing/log.ts';
import type { BotMetrics } from '../observing/metrics.ts';
import type { SlackWorkspaces } from '../slack/slack-workspaces.ts';
import { Bell } from '../waiting/bell.ts';
import { machineClock } from '../waiting/clock.ts';
import { deliverMessage } from './deliver-message.ts';
import { startLane } from './lane-worker.ts';

export interface DeliveringParts {
  readonly store: BotStore;
  readonly slack: SlackWorkspaces;
  readonly holder: string;
  readonly log: Log;
  readonly metrics: BotMetrics;
}

export const lanes: readonly Lane[] = ['interactive', 'stream', 'incident'];

/** Sends what is to be said in Slack, each lane by itself. */
export function startDelivering(
  { store, slack, holder, log, metrics }: DeliveringParts,
  bells: ReadonlyMap<Lane, Bell>,
): { readonly stop: () => Promise<void> } {
  const told = (message: string, fields: Readonly<Record<string, string>>): void => log('info', message, fields);
  const choice = { store, slackOf: slack.of, holder, now: machineClock.now, log: told };
  const workers = lanes.map((lane) =>
    startLane({
      lane,
      messages: store.messages,
      holder,
      bell: bells.get(lane) ?? new Bell(),
      clock: machineClock,
      observe: metrics.delivered,
      log: told,
      deliver: async (message, signal) => await deliverMessage(message, choice, signal),
    }),
  );
  return { stop: async () => void (await Promise.all(workers.map(async (worker) => await worker.stop(5000)))) };
}
