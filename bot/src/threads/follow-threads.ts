import type { AgentClient } from '@autodevops/agentd/client';
import type { BotStore, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import type { Clock } from '../waiting/clock.ts';
import { followCustomer } from '../following/follow-customer.ts';
import type { FollowPace } from '../following/following.ts';
import type { SlackApi } from '../slack/slack-api.ts';
import { awayMessage } from './attention-messages.ts';
import { lookAtChannel } from './channel-life.ts';
import { incidentChannel } from './incident-channel.ts';
import { messageKeys } from './message-keys.ts';
import { standing } from './standing.ts';
import type { ThreadDesk } from './thread-desk.ts';
import type { ThreadNote } from './thread-note.ts';
import { ThreadShower } from './thread-shower.ts';
import { wanted } from './wanted.ts';

type Place = ThreadNote['place'];

/** A customer of the bot, as its configuration names him. */
export interface ThreadCustomer {
  readonly name: string;
  readonly incidentChannel?: string | undefined;
  /** Workspace of that channel; needed where the app is in several. */
  readonly team?: string | undefined;
}

export interface FollowThreadsChoice {
  readonly customers: readonly ThreadCustomer[];
  /** In the bot's own name. */
  readonly watcherOf: (customer: string) => AgentClient;
  readonly slackOf: (installation: KeptInstallation) => SlackApi;
  readonly store: BotStore;
  /** Tells this process from others on the same store. */
  readonly holder: string;
  readonly clock: Clock;
  readonly pace: FollowPace;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** In milliseconds: between two looks at who can read a customer's channels, whatever Slack's events said. */
const betweenLooks = 3_600_000;

/** By which installation something is said in a place; undefined where there is none of this customer. */
async function installationAt(
  { app, team }: Pick<Place, 'app' | 'team'>,
  customer: string,
  { installations }: BotStore,
): Promise<KeptInstallation | undefined> {
  const own = (await installations.list()).filter((one) => one.customer === customer && one.app === app);
  return own.find((one) => one.team === team) ?? own.find((one) => one.team === '');
}

/** The channel of the configuration, by the one installation that it can mean. */
async function configuredPlace(
  { name, incidentChannel: channel, team }: ThreadCustomer,
  { installations }: BotStore,
): Promise<Place | undefined> {
  if (channel === undefined) return undefined;
  const own = (await installations.list()).filter(
    (one) => one.customer === name && (team === undefined || one.team === team || one.team === ''),
  );
  const [only] = own;
  const workspace = team ?? only?.team ?? '';
  return only === undefined || own.length > 1 || workspace === ''
    ? undefined
    : { app: only.app, team: workspace, channel };
}

function deskOf(customer: ThreadCustomer, { watcherOf, slackOf, store, clock }: FollowThreadsChoice): ThreadDesk {
  const slackAt = async (place: Pick<Place, 'app' | 'team'>): Promise<SlackApi> => {
    const installation = await installationAt(place, customer.name, store);
    if (installation === undefined) throw new Error('the app is not installed there');
    return slackOf(installation);
  };
  return {
    customer: customer.name,
    agent: watcherOf(customer.name),
    store,
    clock,
    configured: async () => await configuredPlace(customer, store),
    look: async (place, signal) => await (await slackAt(place)).channel(place.channel, signal),
    permalink: async ({ channel, ts, ...place }, signal) =>
      await (await slackAt(place)).permalink({ channel, ts }, signal),
  };
}

/** Looks at who can read the customer's channels now and then: events of Slack may be lost. */
async function watchChannels(
  { name: customer }: ThreadCustomer,
  { store, slackOf, clock, log }: FollowThreadsChoice,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (const kept of await store.channels.ofCustomer(customer).catch(() => [])) {
      const installation = await installationAt(kept, customer, store).catch(() => undefined);
      if (installation === undefined) continue;
      const after = await lookAtChannel(kept, slackOf(installation), signal).catch(() => kept);
      if (after !== kept) {
        await store.channels
          .put(after)
          .catch(() => log('what became of a channel could not be kept', { customer, channel: kept.channel }));
      }
    }
    await clock.wait(betweenLooks, signal);
  }
}

async function followOne(customer: ThreadCustomer, choice: FollowThreadsChoice, signal: AbortSignal): Promise<void> {
  const { store, holder, clock, pace, log } = choice;
  const desk = deskOf(customer, choice);
  let shower = new ThreadShower(desk);
  await followCustomer(
    {
      customer: customer.name,
      agent: desk.agent,
      store,
      holder,
      clock,
      pace,
      log,
      show: async (subject, until, stirredAgain) => await shower.show(subject, until, stirredAgain),
      standing: async (since, until) => await standing(since, desk, until),
      sayAway: async ({ number, since, until }, bound) => {
        // An agent that comes back may be another one.
        if (until !== '') shower = new ThreadShower(desk);
        const place = await incidentChannel(desk, bound);
        if (place !== undefined) {
          await store.messages.want([
            wanted(
              messageKeys.away(customer.name, number),
              customer.name,
              place,
              awayMessage(customer.name, since, until),
            ),
          ]);
        }
      },
    },
    signal,
  );
}

/** Keeps the threads of all customers as their agents say, until it is closed. Of several replicas one at a time has a customer. */
export function followThreads(choice: FollowThreadsChoice): { readonly close: () => Promise<void> } {
  const ending = new AbortController();
  const all = choice.customers.flatMap((customer) => [
    followOne(customer, choice, ending.signal),
    watchChannels(customer, choice, ending.signal),
  ]);
  return {
    close: async () => {
      ending.abort();
      await Promise.all(all);
    },
  };
}
