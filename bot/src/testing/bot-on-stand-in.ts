import { startSlack } from '@autodevops/testkit/slack/start-slack';
import type { SlackOptions } from '@autodevops/testkit/slack/start-slack';
import type { Installed, SlackStandIn } from '@autodevops/testkit/slack/slack-stand-in';
import type { SlackApp } from '@autodevops/testkit/slack/state/apps';
import type { Channel } from '@autodevops/testkit/slack/state/channels';
import type { Team } from '@autodevops/testkit/slack/state/workspaces';
import type { Person } from '@autodevops/testkit/slack/people/person';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import type { MemoryBotStore, MemoryBotStoreOptions } from '@autodevops/testkit/memory-bot-store';
import { startBot } from '../compose.ts';
import type { RunningBot } from '../compose.ts';
import { BotConfiguration } from '../configuration/bot-configuration.ts';
import type { Registry } from '../handling/registry.ts';
import { appManifest } from '../manifest/app-manifest.ts';

export interface BenchChoice {
  readonly transport: 'http' | 'socket';
  readonly registry: Registry;
  readonly slack?: SlackOptions;
  readonly store?: MemoryBotStoreOptions;
  /** Of the configuration, beside what the bench needs. */
  readonly limits?: Partial<BotConfiguration['limits']>;
}

/** A bot of one customer, `acme`, on a Slack of its own: workspace with Ann, and a channel with her and the bot in it. */
export interface Bench {
  readonly slack: SlackStandIn;
  readonly team: Team;
  readonly app: SlackApp;
  readonly installed: Installed;
  readonly channel: Channel;
  readonly ann: Person;
  readonly bot: RunningBot;
  readonly store: MemoryBotStore;
  readonly log: readonly string[];
  /** Where Slack's events are taken; empty in Socket Mode. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Waits until it is so; fails after ten seconds. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until;) {
    if (await isSo()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
  throw new Error(`it never came: ${what}`);
}

export function configurationOf(
  { transport, limits }: Pick<BenchChoice, 'transport' | 'limits'> & Partial<BenchChoice>,
  slack: SlackStandIn,
  app: SlackApp,
): BotConfiguration {
  return BotConfiguration.parse({
    transport: transport === 'http' ? { kind: 'http', port: 0 } : { kind: 'socket', connections: 2 },
    apps: [
      {
        id: app.id,
        customer: 'acme',
        botToken: { env: 'BOT_TOKEN' },
        ...(transport === 'http' ? { signingSecret: { env: 'SIGNING_SECRET' } } : { appToken: { env: 'APP_TOKEN' } }),
      },
    ],
    // Nobody answers there: what these tests look at needs no agent.
    customers: [{ name: 'acme', agent: { socket: '/nowhere/agent.sock' }, issuer: { key: { env: 'NO_KEY' } } }],
    limits: { ...BotConfiguration.shape.limits.parse(undefined), ...limits },
    slackApi: slack.apiUrl,
    logLevel: 'debug',
  });
}

export function environmentOf(
  transport: BenchChoice['transport'],
  slack: SlackStandIn,
  app: SlackApp,
  { token }: Installed,
): Readonly<Record<string, string>> {
  return {
    BOT_TOKEN: token,
    SIGNING_SECRET: app.signingSecret,
    APP_TOKEN: transport === 'http' ? '' : slack.appToken(app),
  };
}

export async function startBench(choice: BenchChoice): Promise<Bench> {
  const slack = await startSlack(choice.slack);
  const team = slack.addTeam('Acme');
  const ann = slack.addUser(team, { name: 'ann' });
  const channel = slack.addChannel(team, { name: 'ops', members: [ann] });
  const isHttp = choice.transport === 'http';
  const manifest = appManifest(choice.registry, {
    name: 'Auto-DevOps',
    unfurlDomains: [],
    isDistributed: false,
    ...(isHttp ? { publicUrl: 'https://bot.example.com', app: 'A0000' } : {}),
  });
  const app = slack.addApp({ manifest });
  const installed = slack.install(app, team);
  slack.invite(channel, installed.botUser);
  const store = createMemoryBotStore(choice.store);
  const log: string[] = [];
  const bot = await startBot({
    configuration: configurationOf(choice, slack, app),
    folder: '/',
    registry: choice.registry,
    openedStore: store,
    writeLog: (line) => void log.push(line),
    environment: environmentOf(choice.transport, slack, app, installed),
  });
  const url = bot.port === undefined ? '' : `http://127.0.0.1:${bot.port}/slack/${app.id}/events`;
  if (isHttp) app.requestUrl = url;
  return {
    slack,
    team,
    app,
    installed,
    channel,
    ann: slack.person(ann),
    bot,
    store,
    log,
    url,
    close: async () => {
      await bot.stop();
      await slack.close();
    },
  };
}
