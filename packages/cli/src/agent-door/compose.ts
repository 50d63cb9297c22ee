import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Agent } from '@autodevops/agentd/agent';
import type { ComposeChoice } from '@autodevops/agentd/compose';
import type { Connection } from '@autodevops/agentd/connection';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';
import type { AgentSettings } from '@autodevops/agentd/process/agent-settings';
import type { AgentDoor } from './agent-door.ts';
import { agentAnswers } from '@autodevops/agentd/process/agent-answers';
import { agentClientOf } from '@autodevops/agentd/process/agent-client-of';
import {
  processFiles,
  processIdIn,
  startProcess,
  stopProcess,
  writeProcessId,
} from '@autodevops/agentd/process/agent-process';
import { agentSettings } from '@autodevops/agentd/process/agent-settings';
import { agentToken } from '@autodevops/agentd/process/agent-token';
import { makeOwnFolder } from '@autodevops/agentd/process/own-folder';
import type { AgentProcess, Agents, ServeChoice } from './agents.ts';
import { inTurn } from '@autodevops/agentd/process/start-turn';
import { usageError } from '../options/usage-error.ts';
import { requireStoreNode } from './native-store.ts';

async function settings(choice: AgentChoice): Promise<AgentSettings> {
  const { readContextFacts } = await import('@autodevops/kube/kubeconfig');
  return await agentSettings(choice, {
    env: process.env,
    platform: process.platform,
    home: homedir(),
    cluster: async ({ context, kubeconfig }) => await readContextFacts({ context, kubeconfig }),
    read: async (path) =>
      await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw new AutoDevOpsError(
          'config.invalid',
          `${path} cannot be read (${error.code ?? error.message}).`,
          'Correct the rights of the file.',
          { cause: error },
        );
      }),
  });
}

async function connectionTo({ configuration, folder }: AgentSettings): Promise<Connection> {
  return await (await import('@autodevops/agentd/connection')).connectionOf(configuration, folder);
}

async function look(choice: AgentChoice): Promise<AgentProcess> {
  const found = await settings(choice);
  const { address, fetch } = await connectionTo(found);
  return {
    settings: found,
    address,
    log: processFiles(found.folder).log,
    answers: await agentAnswers(fetch),
    id: await processIdIn(found.folder),
  };
}

type Choice = Pick<ComposeChoice, 'configuration' | 'folder'> & Partial<ComposeChoice>;

async function makeAgent(choice: Choice, version: string): Promise<Agent> {
  requireStoreNode(process.version);
  await makeOwnFolder(choice.folder);
  const { composeAgent } = await import('@autodevops/agentd/compose');
  return await composeAgent({ version, environment: process.env, writeLog: () => undefined, ...choice });
}

function inside(agent: Agent, token: string | undefined, close: () => Promise<void> = () => agent.close()): AgentDoor {
  return {
    client: agentClientOf({ fetch: agent.fetch, token, traceparent: process.env['TRACEPARENT'] }),
    where: 'inside',
    close,
  };
}

/** An agent over the sample cluster, which takes changes and forgets them with this process. */
async function openSampleAgent(version: string): Promise<AgentDoor> {
  const [{ openWritableSample, samplePace }, { Configuration }] = await Promise.all([
    import('../sample/compose.ts'),
    import('@autodevops/agentd/configuration'),
  ]);
  requireStoreNode(process.version);
  const folder = await mkdtemp(join(tmpdir(), 'autodevops-sample-'));
  const forget = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const sample = await openWritableSample();
    const agent = await makeAgent(
      { configuration: Configuration.parse({}), folder, access: sample.access, pace: samplePace },
      version,
    );
    return inside(agent, undefined, async () => {
      await agent.close();
      await sample.close();
      await forget();
    });
  } catch (error) {
    await forget();
    throw error;
  }
}

async function open(choice: AgentChoice, version: string, { stays = false } = {}): Promise<AgentDoor> {
  if (choice.sample === true) return await openSampleAgent(version);
  const found = await settings(choice);
  const { fetch } = await connectionTo(found);
  // Nobody here is an agent that has its own address: if it does not answer, that is to be said.
  const elsewhere = found.configuration.client.address !== undefined;
  if (elsewhere || (await agentAnswers(fetch))) {
    return {
      client: agentClientOf({
        fetch,
        token: agentToken(found, process.env, false),
        traceparent: process.env['TRACEPARENT'],
      }),
      where: 'running',
      close: async () => undefined,
    };
  }
  return inside(await makeAgent({ ...found, stays }, version), agentToken(found, process.env, true));
}

function optionArguments({ context, kubeconfig, config }: AgentChoice): readonly string[] {
  const given = {
    '--context': context,
    '--kubeconfig': kubeconfig === undefined ? undefined : resolve(kubeconfig),
    '--config': config === undefined ? undefined : resolve(config),
  };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}

async function start(choice: AgentChoice, signal: AbortSignal): Promise<number> {
  requireStoreNode(process.version);
  const found = await settings(choice);
  const { address } = found.configuration.client;
  if (address !== undefined) {
    throw usageError(
      `The agent of this configuration is elsewhere: ${address}.`,
      'Start it there, by its own configuration.',
    );
  }
  const { fetch } = await connectionTo(found);
  const program = process.argv[1] ?? fileURLToPath(import.meta.url);
  const answers = (): Promise<boolean> => agentAnswers(fetch);
  return await inTurn(found.folder, signal, async () => {
    const other = (await answers()) ? await processIdIn(found.folder) : undefined;
    return (
      other ??
      (await startProcess({
        folder: found.folder,
        args: [...process.execArgv, program, '__agent', ...optionArguments(choice)],
        answers,
        signal,
      }))
    );
  });
}

async function stop(id: number, choice: AgentChoice, signal: AbortSignal): Promise<void> {
  const { fetch } = await connectionTo(await settings(choice));
  await stopProcess(id, () => agentAnswers(fetch), signal);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await new Promise<void>((done) => {
      signal.addEventListener('abort', () => done(), { once: true });
    });
  }
}

/** Lets windows hold the agent and `agent stop` find it, until it is to end. */
async function stayFindable({ configuration, folder }: AgentSettings, { held, signal }: ServeChoice): Promise<void> {
  const { holdPath, listenForHolders } = await import('@autodevops/agentd/process/holders');
  const holders = await listenForHolders(holdPath(configuration, folder));
  const forget = await writeProcessId(folder);
  await untilAborted(held ? AbortSignal.any([signal, holders.unheld]) : signal);
  await Promise.all([forget(), holders.close()]);
}

async function serve(choice: AgentChoice, version: string, how: ServeChoice): Promise<void> {
  const [found, { configuredAddress }] = await Promise.all([
    settings(choice),
    import('@autodevops/agentd/configured-address'),
  ]);
  const agent = await makeAgent({ ...found, writeLog: (text) => void process.stderr.write(text) }, version);
  try {
    await agent.listen(configuredAddress(found.configuration, found.folder));
    await (how.isManaged === true ? untilAborted(how.signal) : stayFindable(found, how));
  } finally {
    await agent.close();
  }
}

async function serveMcp(choice: AgentChoice, version: string, signal: AbortSignal): Promise<void> {
  const door = await open(choice, version, { stays: true });
  try {
    const { serveMcpOverStdio } = await import('@autodevops/agentd/mcp');
    await Promise.race([serveMcpOverStdio(door.client, version), untilAborted(signal)]);
  } finally {
    await door.close();
  }
}

/** Agents of this machine. What is heavy is loaded when a command asks for it. */
export function composeAgents(version: string): Agents {
  return {
    settings,
    look,
    open: async (choice) => await open(choice, version),
    start,
    stop,
    serve: async (choice, how) => {
      await serve(choice, version, how);
    },
    serveMcp: async (choice, signal) => {
      await serveMcp(choice, version, signal);
    },
  };
}
