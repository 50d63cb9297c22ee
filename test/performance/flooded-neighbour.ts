import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { usualPace } from '../../bot/src/following/following.ts';
import type { User } from '../../packages/testkit/src/slack/state/workspaces.ts';
import { until } from '../agent/agent-scene.ts';
import { botScene } from '../bot/bot-scene.ts';
import type { BotScene, Workspace } from '../bot/bot-scene.ts';
import type { CustomerAgent } from '../bot/customer-agent.ts';
import { brokenWorkloads, noticeOf } from './broken-workload.ts';
import { bundlePrograms } from './bundled-programs.ts';
import { commandBodies, typists } from './command-bodies.ts';
import { firstFinding } from './first-finding.ts';
import { measure, median } from './measured-process.ts';
import { servedCustomer } from './served-customer.ts';
import type { Begun, Figures } from './series.ts';

const [pods, brokenOneIn] = [1000, 5];
/** Of the quiet customer: a command a second, and an incident as soon as the last one is over, which takes about six. */
const seconds = 40;
const commandsPerSecond = 1;
const alertsPerSecond = 1 / 6;
const flood = 100;
const program = join(import.meta.dirname, 'programs', 'slack-commands.ts');

interface Side {
  readonly customer: CustomerAgent;
  readonly at: Workspace;
  readonly users: readonly User[];
  /** Where its commands are taken. */
  readonly url: string;
  readonly file: string;
}

/** Types commands at this pace; gives how long each took to be acknowledged. */
async function typed(
  { at, users, url, file }: Side,
  { slack }: BotScene,
  perSecond: number,
): Promise<() => Promise<Figures>> {
  writeFileSync(file, JSON.stringify(await commandBodies(slack, at, users, seconds * perSecond)));
  return async () => (await measure([program, url, at.app.signingSecret, file, '50', String(perSecond)])).figures;
}

/** Tells the agent of one group of alerts after the other. */
async function alerted({ customer }: Side, perSecond: number, round: string): Promise<void> {
  const began = performance.now();
  const sent: Promise<string>[] = [];
  for (let number = 0; number < seconds * perSecond; number += 1) {
    await sleep(Math.max(0, began + (number * 1000) / perSecond - performance.now()));
    sent.push(customer.alert(noticeOf(number, round)));
  }
  await Promise.all(sent);
}

/** How the quiet customer fares meanwhile. */
async function fares(quiet: Side, bots: BotScene, round: string): Promise<Figures> {
  const run = await typed(quiet, bots, commandsPerSecond);
  const findings = async (): Promise<readonly number[]> => {
    const found: number[] = [];
    const workloads = brokenWorkloads(pods, brokenOneIn);
    for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
      found.push((await firstFinding(bots.slack, quiet.customer, workloads[found.length] ?? 0, round)).all);
    }
    return found;
  };
  const [acknowledged, found] = await Promise.all([run(), findings()]);
  return { ...acknowledged, finding: median(found), longestFinding: Math.max(...found) };
}

async function whileFlooded(loud: Side, quiet: Side, bots: BotScene, round: string): Promise<Figures> {
  const run = await typed(loud, bots, commandsPerSecond * flood);
  const flooding = Promise.all([run(), alerted(loud, alertsPerSecond * flood, round)]);
  const figures = await fares(quiet, bots, round);
  const [{ perSecond = 0 }] = await flooding;
  return { ...figures, floodPerSecond: perSecond };
}

/** Until nothing of a flood is left. */
async function calm({ slack }: BotScene): Promise<void> {
  let [count, since] = [0, Date.now()];
  await until(
    'a flood is over',
    () => {
      if (slack.calls.all.length !== count) [count, since] = [slack.calls.all.length, Date.now()];
      return Date.now() - since > 5000;
    },
    300,
  );
}

/** Two customers on one bot: how one fares alone, and while the other floods with commands and alerts. */
export async function beginFlood(): Promise<Begun> {
  const bundles = await bundlePrograms();
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bench-'));
  const customers = await Promise.all(
    ['quiet', 'loud'].map(async (name) => await servedCustomer(name, bundles, pods, brokenOneIn)),
  );
  // With the limits of a bot whose configuration says nothing of them: they stand against floods.
  const bots = await botScene({ bundle: bundles.bot, customers, pace: usualPace, limits: {} });
  await bots.sendTo(await bots.start());
  const [quiet, loud] = bots.workspaces.map((at, index): Side => {
    const customer = customers[index];
    if (customer === undefined) throw new Error('there is a workspace without a customer');
    return {
      customer,
      at,
      users: typists(bots.slack, at),
      url: at.app.requestUrl ?? '',
      file: join(folder, `${at.customer}.json`),
    };
  });
  if (quiet === undefined || loud === undefined) throw new Error('there are not two customers');
  await firstFinding(bots.slack, quiet.customer, brokenWorkloads(pods, brokenOneIn)[0] ?? 0, 'first');
  let round = 0;
  return {
    measure: async () => await whileFlooded(loud, quiet, bots, `flooded-${(round += 1)}`),
    measurePeer: async () => {
      await calm(bots);
      return await fares(quiet, bots, `alone-${round}`);
    },
    end: async () => {
      await bots.close();
      for (const customer of customers) await customer.close();
      bundles.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
