import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FollowPace } from '../../bot/src/following/following.ts';
import { botRegistry } from '../../bot/src/handling/handlers.ts';
import { appManifest } from '../../bot/src/manifest/app-manifest.ts';
import type { Installed, SlackStandIn } from '../../packages/testkit/src/slack/slack-stand-in.ts';
import { startSlack } from '../../packages/testkit/src/slack/start-slack.ts';
import type { SlackOptions } from '../../packages/testkit/src/slack/start-slack.ts';
import type { SlackApp } from '../../packages/testkit/src/slack/state/apps.ts';
import type { Channel } from '../../packages/testkit/src/slack/state/channels.ts';
import type { Team, User } from '../../packages/testkit/src/slack/state/workspaces.ts';
import type { AgentBundle } from '../agent/agent-bundle.ts';
import { answering, startProgram } from '../agent/started-agent.ts';
import type { StartedAgent } from '../agent/started-agent.ts';
import type { CustomerAgent } from './customer-agent.ts';

/** A workspace with the customer's own app in it, a channel for his incidents, and three people who may decide. */
export interface Workspace {
  readonly customer: string;
  readonly team: Team;
  readonly app: SlackApp;
  readonly bot: Installed;
  readonly channel: Channel;
  readonly ann: User;
  readonly bob: User;
  readonly cid: User;
}

/** A Slack, and bots as processes over one store. */
export interface BotScene {
  readonly slack: SlackStandIn;
  readonly workspaces: readonly Workspace[];
  /** Starts one more process; it answers when this resolves. */
  readonly start: () => Promise<StartedAgent>;
  /** From now on Slack sends what happens to this one, as whatever stands before several would. */
  readonly sendTo: (bot: StartedAgent) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface BotSceneChoice {
  readonly bundle: AgentBundle;
  readonly customers: readonly CustomerAgent[];
  readonly slack?: SlackOptions;
  /** How agents are followed; as suits a test that kills if not given. */
  readonly pace?: FollowPace;
  /** As in the configuration; if not given, one person may ask as much as a test does. */
  readonly limits?: object;
}

/** Leases that end soon: what a killed process held is free within a second. */
const killedPace: FollowPace = { lease: 1500, sweep: 1000, awayAfter: 120_000, again: 100 };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

function workspaceOf(slack: SlackStandIn, { name }: CustomerAgent, port: number): Workspace {
  const team = slack.addTeam(name);
  const manifest = appManifest(
    botRegistry(() => []),
    { name: 'Auto-DevOps', unfurlDomains: [], isDistributed: false, publicUrl: 'https://bot.example' },
  );
  const app = slack.addApp({ manifest });
  app.requestUrl = `http://127.0.0.1:${port}/slack/${app.id}/events`;
  const bot = slack.install(app, team);
  const [ann, bob, cid] = [
    slack.addUser(team, { name: 'ann' }),
    slack.addUser(team, { name: 'bob' }),
    slack.addUser(team, { name: 'cid' }),
  ];
  return {
    customer: name,
    team,
    app,
    bot,
    ann,
    bob,
    cid,
    channel: slack.addChannel(team, { name: 'incidents', members: [ann, bob, cid, bot.botUser] }),
  };
}

/** Lets the agent know them. */
async function introduce(agent: CustomerAgent, { ann, bob, cid, team }: Workspace): Promise<void> {
  for (const user of [ann, bob, cid]) {
    await agent.link({
      id: user.name,
      name: `${user.name.slice(0, 1).toUpperCase()}${user.name.slice(1)}`,
      accounts: [`slack:${team.id}/${user.id}`],
      roles: ['operator', 'approver'],
    });
  }
}

/** One process; as many as wanted over one store, of which the first that comes has the port. */
export async function botScene({
  bundle,
  customers,
  slack: options = {},
  pace = killedPace,
  limits = { perPersonAMinute: 1000, perWorkspaceAMinute: 100_000 },
}: BotSceneChoice): Promise<BotScene> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bot-'));
  const slack = await startSlack(options);
  const port = await freePort();
  const workspaces = customers.map((agent) => workspaceOf(slack, agent, port));
  for (const [index, agent] of customers.entries()) {
    const workspace = workspaces[index];
    if (workspace !== undefined) await introduce(agent, workspace);
  }
  const secret = (name: string, text: string): { readonly file: string } => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return { file: name };
  };
  const configurationAt = (at: number): object => ({
    transport: { kind: 'http', port: at },
    store: { kind: 'sqlite', file: 'bot.db' },
    limits,
    slackApi: slack.apiUrl,
    apps: workspaces.map(({ app, bot, customer }) => ({
      id: app.id,
      customer,
      signingSecret: secret(`${app.id}-signing`, app.signingSecret),
      botToken: secret(`${app.id}-token`, bot.token),
    })),
    customers: customers.map(({ name, socket, key }, index) => ({
      name,
      agent: { socket },
      issuer: { name: 'slack', key: { file: key } },
      incidentChannel: workspaces[index]?.channel.id,
    })),
  });
  const started: StartedAgent[] = [];
  return {
    slack,
    workspaces,
    start: async () => {
      const isAlone = started.every(({ isGone }) => isGone());
      const one = startProgram(bundle, {
        configuration: configurationAt(isAlone ? port : await freePort()),
        folder,
        pace,
      });
      started.push(one);
      await answering(one);
      return one;
    },
    sendTo: async (bot) => {
      const line = await bot.firstLine;
      for (const { app } of workspaces) {
        app.requestUrl = `${'address' in line ? line.address : ''}/slack/${app.id}/events`;
      }
    },
    close: async () => {
      for (const one of started) one.signal('SIGKILL');
      await Promise.all(started.map(({ gone }) => gone));
      await slack.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
