import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBot } from '../../bot/src/compose.ts';
import type { RunningBot } from '../../bot/src/compose.ts';
import { BotConfiguration } from '../../bot/src/configuration/bot-configuration.ts';
import { botRegistry } from '../../bot/src/handling/handlers.ts';
import { appManifest } from '../../bot/src/manifest/app-manifest.ts';
import { createMemoryBotStore } from '../../packages/testkit/src/bot-store/in-memory/memory-bot-store.ts';
import { startSlack } from '../../packages/testkit/src/slack/start-slack.ts';
import type { SlackStandIn } from '../../packages/testkit/src/slack/slack-stand-in.ts';
import type { Message } from '../../packages/testkit/src/slack/state/messages.ts';
import { bundleAgent } from '../agent/agent-bundle.ts';
import { customerAgent } from './customer-agent.ts';
import type { CustomerAgent } from './customer-agent.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';

/** Where people open what the agent tells of; links to it are ours. */
export const links = 'https://ops.acme.example';

/** A workspace with the bot in it, in front of an agent of the sample cluster. Ann may everything, Dora decides, Bob may look, nobody knows Carl. */
export interface TalkingScene {
  readonly slack: SlackStandIn;
  readonly bot: RunningBot;
  readonly agent: CustomerAgent;
  readonly app: ReturnType<SlackStandIn['addApp']>;
  readonly team: ReturnType<SlackStandIn['addTeam']>;
  readonly incidents: ReturnType<SlackStandIn['addChannel']>;
  readonly general: ReturnType<SlackStandIn['addChannel']>;
  readonly ann: ReturnType<SlackStandIn['person']>;
  readonly bob: ReturnType<SlackStandIn['person']>;
  readonly carl: ReturnType<SlackStandIn['person']>;
  readonly dora: ReturnType<SlackStandIn['person']>;
  readonly logged: () => string;
  readonly close: () => Promise<void>;
}

/** Looks until there is what is looked for. Throws after fifteen seconds, with what is there instead. */
export async function soon<T>(look: () => T | undefined, instead: () => unknown = () => ''): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error(`it did not come: ${JSON.stringify(instead())}`);
}

/** All that stands in a message or a view. */
export function lettersOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) {
    return content
      .map(lettersOf)
      .filter((text) => text !== '')
      .join('\n');
  }
  if (typeof content !== 'object' || content === null) return '';
  return Object.entries(content)
    .filter(([key]) =>
      ['text', 'blocks', 'elements', 'fields', 'rows', 'label', 'title', 'options', 'fallback', 'content'].includes(
        key,
      ),
    )
    .map(([, value]) => lettersOf(value))
    .filter((text) => text !== '')
    .join('\n');
}

/** The newest message that says something, as somebody sees it. */
export async function said(see: () => readonly Message[], what: RegExp): Promise<Message> {
  return await soon(
    () =>
      see()
        .toReversed()
        .find((message) => what.test(lettersOf(message))),
    () => see().map(lettersOf),
  );
}

interface BotPlace extends Pick<TalkingScene, 'slack' | 'agent' | 'app' | 'team' | 'incidents'> {
  readonly token: string;
  readonly emailDomains: readonly string[];
  readonly log: string[];
}

async function startedBot({
  slack,
  agent,
  app,
  team,
  incidents,
  token,
  emailDomains,
  log,
}: BotPlace): Promise<RunningBot> {
  const configuration = BotConfiguration.parse({
    transport: { kind: 'http', host: '127.0.0.1', port: 0 },
    apps: [{ id: app.id, customer: 'acme', botToken: { env: 'BOT_TOKEN' }, signingSecret: { env: 'SIGNING_SECRET' } }],
    customers: [
      {
        name: 'acme',
        agent: { socket: agent.socket },
        issuer: { key: { file: agent.key } },
        incidentChannel: incidents.id,
        links: [links],
        ...(emailDomains.length === 0
          ? {}
          : { linkByEmail: { workspaces: [team.id], domains: emailDomains, singleSignOn: 'required' } }),
      },
    ],
    slackApi: slack.apiUrl,
  });
  return await startBot({
    configuration,
    folder: '/',
    environment: { BOT_TOKEN: token, SIGNING_SECRET: app.signingSecret },
    writeLog: (text) => void log.push(text),
    openedStore: createMemoryBotStore(),
  });
}

/** `emailDomains`: people are linked by an address there, too. */
export async function talkingScene({
  emailDomains = [],
}: { readonly emailDomains?: readonly string[] } = {}): Promise<TalkingScene> {
  const [bundle, cluster, slack] = await Promise.all([bundleAgent(), startSampleCluster(), startSlack()]);
  const agent = await customerAgent('acme', { bundle, cluster, emailDomains });
  await agent.start();
  const team = slack.addTeam('Acme');
  const user = (name: string): ReturnType<SlackStandIn['addUser']> => slack.addUser(team, { name });
  const [ann, bob, carl, dora] = [user('ann'), user('bob'), user('carl'), user('dora')];
  const manifest = appManifest(
    botRegistry(() => []),
    {
      name: 'Auto-DevOps',
      publicUrl: 'https://bot.example.com',
      unfurlDomains: [new URL(links).hostname],
      isDistributed: false,
      readsEmail: emailDomains.length > 0,
    },
  );
  const app = slack.addApp({ manifest, signingSecret: randomBytes(16).toString('hex') });
  const installed = slack.install(app, team);
  const channel = (name: string): ReturnType<SlackStandIn['addChannel']> =>
    slack.addChannel(team, { name, members: [ann, bob, carl, dora, installed.botUser] });
  const [incidents, general] = [channel('incidents'), channel('general')];
  await agent.link({
    id: 'ann',
    name: 'Ann',
    accounts: [`slack:${team.id}/${ann.id}`],
    roles: ['approver', 'operator', 'viewer'],
  });
  await agent.link({ id: 'bob', name: 'Bob', accounts: [`slack:${team.id}/${bob.id}`], roles: ['viewer'] });
  await agent.link({ id: 'dora', name: 'Dora', accounts: [`slack:${team.id}/${dora.id}`], roles: ['approver'] });
  const log: string[] = [];
  const { token } = installed;
  const bot = await startedBot({ slack, agent, app, team, incidents, token, emailDomains, log });
  app.requestUrl = `http://127.0.0.1:${bot.port ?? 0}/slack/${app.id}/events`;
  return {
    slack,
    bot,
    agent,
    app,
    team,
    incidents,
    general,
    ann: slack.person(ann),
    bob: slack.person(bob),
    carl: slack.person(carl),
    dora: slack.person(dora),
    logged: () => log.join(''),
    close: async () => {
      await bot.stop();
      await slack.close();
      await agent.close();
      await cluster.close();
      bundle.remove();
    },
  };
}
