import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Agent } from '@autodevops/agentd/agent';
import type { AgentClient } from '@autodevops/agentd/client';
import type { Configuration } from '@autodevops/agentd/configuration';
import { agentAnswers } from '@autodevops/agentd/process/agent-answers';
import { agentClientOf } from '@autodevops/agentd/process/agent-client-of';
import { makeOwnFolder } from '@autodevops/agentd/process/own-folder';
import { BotConfiguration } from '@autodevops/bot/configuration';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { Agents } from '../agent-door/agents.ts';
import { requireStoreNode } from '../agent-door/native-store.ts';
import { appOfToken } from './app-of-token.ts';
import { issuerKey, knownIssuerKey } from './issuer-key.ts';
import type { IssuerKey } from './issuer-key.ts';
import { requireBotNode } from './bot-node.ts';
import type { LaptopWish, SlackDoor } from './slack-door.ts';

const issuer = 'slack';

interface LaptopAgent {
  readonly customer: string;
  readonly folder: string;
  readonly socket: string;
  readonly key: IssuerKey;
  readonly where: 'inside' | 'running';
  readonly close: () => Promise<void>;
}

function withIssuer(configuration: Configuration, { publicFile }: IssuerKey): Configuration {
  return {
    ...configuration,
    issuers: [
      ...configuration.issuers.filter(({ name }) => name !== issuer),
      { name: issuer, publicKey: publicFile, surface: 'slack', emailDomains: [] },
    ],
  };
}

async function socketOf(configuration: Configuration, folder: string): Promise<string> {
  const choice = (await import('@autodevops/agentd/configured-address')).configuredAddress(configuration, folder);
  if (choice.kind !== 'socket') {
    throw new AutoDevOpsError(
      'config.invalid',
      'The agent of this configuration listens on TCP.',
      'Describe the bot in a file of its own, and start it with `autodevops bot run --config FILE`.',
    );
  }
  return choice.path;
}

async function listening(agent: Agent, path: string): Promise<Agent> {
  await agent.listen({ kind: 'socket', path });
  return agent;
}

/** An agent of this process, which takes the bot's word and nobody else's; commands find it too. */
async function agentInside(configuration: Configuration, folder: string, version: string): Promise<LaptopAgent> {
  await makeOwnFolder(folder);
  const key = await issuerKey(folder);
  const socket = await socketOf(configuration, folder);
  const { composeAgent } = await import('@autodevops/agentd/compose');
  const agent = await listening(
    await composeAgent({
      configuration: withIssuer(configuration, key),
      folder,
      version,
      environment: process.env,
      writeLog: () => undefined,
      stays: true,
    }),
    socket,
  );
  return {
    customer: configuration.customer,
    folder,
    socket,
    key,
    where: 'inside',
    close: async () => await agent.close(),
  };
}

async function agentOfContext(context: string, agents: Agents, version: string): Promise<LaptopAgent> {
  const { configuration, folder } = await agents.settings({ context });
  const { connectionOf } = await import('@autodevops/agentd/connection');
  if (!(await agentAnswers((await connectionOf(configuration, folder)).fetch))) {
    return await agentInside(configuration, folder, version);
  }
  const key = await knownIssuerKey(folder);
  if (key === undefined || !configuration.issuers.some(({ name }) => name === issuer)) {
    throw new AutoDevOpsError(
      'agent.unauthorized',
      'An agent of this cluster runs already, and does not know the bot.',
      `End it with \`autodevops agent stop --context ${context}\`, and run this again: it brings its own.`,
    );
  }
  return {
    customer: configuration.customer,
    folder,
    socket: await socketOf(configuration, folder),
    key,
    where: 'running',
    close: async () => undefined,
  };
}

async function sampleAgent(version: string): Promise<LaptopAgent> {
  const [{ openWritableSample, samplePace }, { Configuration: shape }, { composeAgent }] = await Promise.all([
    import('../sample/compose.ts'),
    import('@autodevops/agentd/configuration'),
    import('@autodevops/agentd/compose'),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'autodevops-slack-'));
  const [key, sample, configuration] = [await issuerKey(folder), await openWritableSample(), shape.parse({})];
  const socket = await socketOf(configuration, folder);
  const agent = await listening(
    await composeAgent({
      configuration: withIssuer(configuration, key),
      folder,
      version,
      environment: process.env,
      writeLog: () => undefined,
      stays: true,
      access: sample.access,
      pace: samplePace,
    }),
    socket,
  );
  return {
    customer: configuration.customer,
    folder,
    socket,
    key,
    where: 'inside',
    close: async () => {
      await agent.close();
      await sample.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A code belongs to a person: whoever may open an agent's socket is its user, and becomes one by his name on this machine. */
async function ownPerson(client: AgentClient, signal: AbortSignal): Promise<void> {
  const { username } = userInfo();
  const account = `local:${username}`;
  const { people } = await client.people({}, { signal });
  if (people.some(({ accounts }) => accounts.includes(account))) return;
  const base =
    username
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 40) || 'user';
  const taken = new Set(people.map(({ id }) => id));
  const id = taken.has(base) ? `${base}-local` : base;
  await client.putPerson(
    { body: { id, name: username, accounts: [account], roles: ['admin', 'approver', 'operator', 'viewer'] } },
    { signal },
  );
}

/** By it this machine's user shows in Slack that he is he. Undefined where the agent gives none. */
async function linkCode({ socket }: LaptopAgent, signal: AbortSignal): Promise<string | undefined> {
  const { socketFetch } = await import('@autodevops/agentd/socket-fetch');
  const client = agentClientOf({ fetch: socketFetch(socket), token: undefined, traceparent: undefined });
  try {
    await ownPerson(client, signal);
    return (await client.makeLinkCode({ body: {} }, { signal })).code;
  } catch {
    return undefined;
  }
}

function laptopConfiguration(
  { appToken, incidentChannel }: LaptopWish,
  { customer, folder, socket, key }: LaptopAgent,
): BotConfiguration {
  return BotConfiguration.parse({
    transport: { kind: 'socket' },
    apps: [
      {
        id: appOfToken(appToken),
        customer,
        appToken: { env: 'SLACK_APP_TOKEN' },
        botToken: { env: 'SLACK_BOT_TOKEN' },
      },
    ],
    customers: [
      {
        name: customer,
        agent: { socket },
        issuer: { name: issuer, key: { file: key.file } },
        ...(incidentChannel === undefined ? {} : { incidentChannel }),
      },
    ],
    store: { kind: 'sqlite', file: join(folder, 'slack-bot.db') },
    ...(process.env['SLACK_API_URL'] === undefined ? {} : { slackApi: process.env['SLACK_API_URL'] }),
  });
}

async function serveLaptop(wish: LaptopWish, agents: Agents, version: string, signal: AbortSignal): Promise<void> {
  const agent =
    wish.context === undefined ? await sampleAgent(version) : await agentOfContext(wish.context, agents, version);
  try {
    const [{ runBot }, { appendFileSync }] = await Promise.all([import('@autodevops/bot/run'), import('node:fs')]);
    const log = join(agent.folder, 'slack-bot.log');
    const code = await linkCode(agent, signal);
    await runBot(
      {
        configuration: laptopConfiguration(wish, agent),
        folder: agent.folder,
        environment: { SLACK_BOT_TOKEN: wish.botToken, SLACK_APP_TOKEN: wish.appToken },
        writeLog: (text) => appendFileSync(log, text, { mode: 0o600 }),
        started: (flaw) => wish.started({ agent: agent.where, log, code, flaw }),
      },
      signal,
    );
  } finally {
    await agent.close();
  }
}

async function withStore<T>(config: string, work: (store: BotStore) => Promise<T>): Promise<T> {
  requireStoreNode(process.version);
  const [{ readBotFile }, { openBotStore }, { secretsOf }] = await Promise.all([
    import('@autodevops/bot/bot-file'),
    import('@autodevops/bot/open-store'),
    import('@autodevops/bot/secrets'),
  ]);
  const { configuration, folder } = await readBotFile(config);
  const store = await openBotStore(configuration, folder, secretsOf(process.env, folder));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function doctor(config: string, signal: AbortSignal): ReturnType<SlackDoor['doctor']> {
  const [{ readBotFile }, { checkConfigured }] = await Promise.all([
    import('@autodevops/bot/bot-file'),
    import('@autodevops/bot/doctor'),
  ]);
  return await checkConfigured(await readBotFile(config), process.env, signal);
}

async function manifest({
  name,
  url,
  app,
  unfurlDomains,
  isDistributed,
  readsEmail,
}: Parameters<SlackDoor['manifest']>[0]): ReturnType<SlackDoor['manifest']> {
  const [{ botRegistry }, { appManifest }] = await Promise.all([
    import('@autodevops/bot/handlers'),
    import('@autodevops/bot/manifest'),
  ]);
  return appManifest(
    botRegistry(() => []),
    {
      name,
      unfurlDomains,
      isDistributed,
      readsEmail,
      ...(url === undefined ? {} : { publicUrl: url }),
      ...(app === undefined ? {} : { app }),
    },
  );
}

/** The bot on this machine. What is heavy is loaded when a command asks for it. */
export function composeSlack(version: string, agents: () => Promise<Agents>): SlackDoor {
  return {
    manifest,
    doctor: async (config, signal) => await doctor(config, signal),
    run: async (config, signal) => {
      requireBotNode(process.version);
      const [{ readBotFile }, { runBot }] = await Promise.all([
        import('@autodevops/bot/bot-file'),
        import('@autodevops/bot/run'),
      ]);
      await runBot(
        {
          ...(await readBotFile(config)),
          environment: process.env,
          writeLog: (text) => void process.stderr.write(text),
        },
        signal,
      );
    },
    deadLetters: async (config, limit) =>
      await withStore(
        config,
        async (store) => await (await import('@autodevops/bot/dead-letters')).deadLetters(store, limit),
      ),
    replay: async (config, id) =>
      await withStore(config, async (store) => await (await import('@autodevops/bot/dead-letters')).replay(id, store)),
    drop: async (config, id) =>
      await withStore(config, async (store) => await (await import('@autodevops/bot/dead-letters')).drop(id, store)),
    migrate: async (address, runtimeRole) =>
      await (
        await import('@autodevops/store/bot-postgres-migrate')
      ).migratePostgresBot({ address: { connectionString: address }, runtimeRole }),
    installLink: async (config, visit) => {
      const [{ readBotFile }, { installLinkFor }] = await Promise.all([
        import('@autodevops/bot/bot-file'),
        import('@autodevops/bot/installing'),
      ]);
      return await installLinkFor(visit, {
        ...(await readBotFile(config)),
        environment: process.env,
        writeLog: () => undefined,
      });
    },
    serveLaptop: async (wish, signal) => {
      requireBotNode(process.version);
      await serveLaptop(wish, await agents(), version, signal);
    },
  };
}
