import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usualPace } from '../../bot/src/following/following.ts';
import { until } from '../agent/agent-scene.ts';
import { patiently, startProgram } from '../agent/started-agent.ts';
import type { StartedAgent } from '../agent/started-agent.ts';
import { botScene } from '../bot/bot-scene.ts';
import type { BotScene, Workspace } from '../bot/bot-scene.ts';
import type { CustomerAgent } from '../bot/customer-agent.ts';
import { bundlePrograms } from './bundled-programs.ts';
import { commandBodies, typists } from './command-bodies.ts';
import { measure } from './measured-process.ts';
import { servedCustomer } from './served-customer.ts';
import type { Begun, Figures } from './series.ts';

const [pods, commands, clients] = [10_000, 1000, 50];
const program = join(import.meta.dirname, 'programs', 'slack-commands.ts');

export async function addressOf({ firstLine }: StartedAgent): Promise<string> {
  const line = await firstLine;
  if ('code' in line) throw new Error(`${line.code}: ${line.says}`);
  return line.address;
}

/** Diagnoses the whole cluster again and again while something else is done. Throws where that took less time than one diagnosis. */
async function whileDiagnosing<T>({ client }: CustomerAgent, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const diagnosing = async (): Promise<void> => {
    let count = 0;
    for (; !over.signal.aborted; count += 1) await client.diagnose({ body: {} }, patiently);
    if (count === 0) throw new Error('nothing was diagnosed meanwhile');
  };
  const [done] = await Promise.all([work().finally(() => over.abort()), diagnosing()]);
  return done;
}

interface Scene {
  readonly bots: BotScene;
  readonly at: Workspace;
  readonly customer: CustomerAgent;
  /** Where each takes commands. */
  readonly ours: string;
  readonly bolt: string;
  readonly fresh: () => Promise<readonly string[]>;
  readonly file: string;
}

async function sent(url: string, { at, file }: Scene): Promise<Figures> {
  return (await measure([program, url, at.app.signingSecret, file, String(clients)])).figures;
}

function named(figures: Figures, end: string): Figures {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${name}${end}`, value]));
}

/** Commands that are acknowledged and, after that, answered every one. */
async function ours(scene: Scene): Promise<Figures> {
  const {
    bots: { slack },
    fresh,
    file,
  } = scene;
  writeFileSync(file, JSON.stringify(await fresh()));
  slack.calls.clear();
  const figures = await sent(scene.ours, scene);
  await until(
    'every command is answered',
    () => slack.calls.of('response_url').filter(({ status }) => status === 200).length === commands,
    120,
  );
  return figures;
}

async function both(scene: Scene, one: (scene: Scene) => Promise<Figures>): Promise<Figures> {
  const alone = await one(scene);
  return { ...alone, ...named(await whileDiagnosing(scene.customer, () => one(scene)), 'Diagnosing') };
}

/** Acknowledging commands, with nothing else to do and while a diagnosis of many pods runs, beside a Bolt app that does nothing but that. */
export async function beginAcknowledgements(): Promise<Begun> {
  const bundles = await bundlePrograms();
  const customer = await servedCustomer('acme', bundles, pods);
  const bots = await botScene({ bundle: bundles.bot, customers: [customer], pace: usualPace });
  const [at] = bots.workspaces;
  if (at === undefined) throw new Error('there is no workspace');
  const bot = await bots.start();
  const bolt = startProgram(
    { ...bundles.bot, program: join(import.meta.dirname, 'programs', 'empty-bolt.ts') },
    { token: at.bot.token, signingSecret: at.app.signingSecret, apiUrl: bots.slack.apiUrl },
  );
  const users = typists(bots.slack, at);
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bench-'));
  const scene: Scene = {
    bots,
    at,
    customer,
    ours: `${await addressOf(bot)}/slack/${at.app.id}/events`,
    bolt: await addressOf(bolt),
    file: join(folder, 'commands.json'),
    fresh: async () => await commandBodies(bots.slack, at, users, commands),
  };
  const theirs = async (one: Scene): Promise<Figures> => await sent(one.bolt, one);
  // Both are met as they are after some time: compiled, and connected.
  for (const first of [ours, theirs]) await first(scene);
  return {
    measure: async () => await both(scene, ours),
    measurePeer: async () => await both(scene, theirs),
    end: async () => {
      bolt.signal('SIGKILL');
      await bolt.gone;
      await bots.close();
      await customer.close();
      bundles.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
