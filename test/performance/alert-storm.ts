import { setTimeout as sleep } from 'node:timers/promises';
import { usualPace } from '../../bot/src/following/following.ts';
import type { LoggedCall } from '../../packages/testkit/src/slack/server/call-log.ts';
import { until } from '../agent/agent-scene.ts';
import { patiently } from '../agent/started-agent.ts';
import { botScene } from '../bot/bot-scene.ts';
import type { BotScene, Workspace } from '../bot/bot-scene.ts';
import type { CustomerAgent } from '../bot/customer-agent.ts';
import { noticeOf } from './broken-workload.ts';
import { bundlePrograms } from './bundled-programs.ts';
import { servedCustomer } from './served-customer.ts';
import { percentile } from './series.ts';
import type { Begun, Figures } from './series.ts';

const [pods, brokenOneIn] = [5000, 5];
const [alerts, seconds] = [500, 60];
/** Milliseconds without a call after which the last state is shown. */
const silence = 10_000;

interface Storm {
  /** When the last alert was posted. */
  readonly over: number;
  /** Milliseconds that it took the agent to say that an alert is kept. */
  readonly keeping: readonly number[];
}

/** Each alert comes by itself: a group of its own. */
async function storm({ alert }: CustomerAgent): Promise<Storm> {
  const began = Date.now();
  const told: Promise<number>[] = [];
  const tell = async (number: number): Promise<number> => {
    const posted = Date.now();
    await alert(noticeOf(number, 'storm'));
    return Date.now() - posted;
  };
  for (let number = 0; number < alerts; number += 1) {
    await sleep(Math.max(0, began + (number * seconds * 1000) / alerts - Date.now()));
    told.push(tell(number));
  }
  const over = Date.now();
  return { over, keeping: await Promise.all(told) };
}

function mostInASecond(calls: readonly LoggedCall[]): number {
  return Math.max(0, ...calls.map(({ at }) => calls.filter((other) => other.at >= at && other.at < at + 1000).length));
}

async function rests({ slack }: BotScene): Promise<void> {
  let [count, since] = [slack.calls.all.length, Date.now()];
  await until(
    'the last state is shown',
    () => {
      if (slack.calls.all.length !== count) [count, since] = [slack.calls.all.length, Date.now()];
      return Date.now() - since > silence;
    },
    300,
  );
}

/** Throws where something is not told, or is told as it was. */
async function shownAsItIs({ client }: CustomerAgent, { slack }: BotScene): Promise<number> {
  const { incidents } = await client.incidents({ query: { limit: 100 } }, patiently);
  const ongoing = incidents.filter(({ state }) => !['resolved', 'reviewed', 'merged'].includes(state));
  for (const { id } of ongoing) {
    const incident = await client.incident({ params: { id } }, patiently);
    const said = slack.calls.all
      .filter(({ args, answer }) => answer['ok'] === true && JSON.stringify(args['blocks'] ?? '').includes(id))
      .at(-1);
    if (said === undefined || !JSON.stringify(said.args).includes(incident.title.slice(0, 20))) {
      throw new Error(
        `${id} (${incident.state}: ${incident.title}) is not shown as it is: ${said === undefined ? 'nowhere' : String(said.args['text'])}`,
      );
    }
  }
  return ongoing.length;
}

async function measured(customer: CustomerAgent, bots: BotScene, { channel }: Workspace): Promise<Figures> {
  const { slack } = bots;
  const { over, keeping } = await storm(customer);
  await rests(bots);
  const calls = slack.calls.all.filter(({ args }) => args['channel'] === channel.id);
  const done = calls.filter(({ answer }) => answer['ok'] === true);
  const [first, last] = [calls[0]?.at ?? 0, calls.at(-1)?.at ?? 0];
  const posted = done.filter(({ method }) => method === 'chat.postMessage');
  return {
    incidents: await shownAsItIs(customer, bots),
    keeping: percentile(keeping, 0.95),
    roots: posted.filter(({ args }) => args['thread_ts'] === undefined).length,
    messages: posted.length,
    edits: done.length - posted.length,
    refused: calls.length - done.length,
    callsPerSecond: calls.length / Math.max(1, (last - first) / 1000),
    mostInASecond: mostInASecond(calls),
    settled: Math.max(0, last - over) / 1000,
  };
}

/** Five hundred alerts in a minute, each told by itself: what stands in the channel of it, and when. Once: a second storm would be of the same incident. */
export async function beginStorm(): Promise<Begun> {
  const bundles = await bundlePrograms();
  const customer = await servedCustomer('acme', bundles, pods, brokenOneIn);
  const bots = await botScene({ bundle: bundles.bot, customers: [customer], pace: usualPace });
  await bots.start();
  const [at] = bots.workspaces;
  if (at === undefined) throw new Error('there is no workspace');
  return {
    measure: async () => await measured(customer, bots, at),
    end: async () => {
      await bots.close();
      await customer.close();
      bundles.remove();
    },
  };
}
