import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Agent } from '@autodevops/agentd/agent';
import type { ComposeChoice } from '@autodevops/agentd/compose';
import type { Connection } from '@autodevops/agentd/connection';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AgentChoice } from './agent-choice.ts';
import type { AgentDoor, AgentSettings } from './agent-door.ts';
import { agentAnswers } from './agent-answers.ts';
import { agentClientOf } from './agent-client-of.ts';
import { processFiles, processIdIn, startProcess, stopProcess, writeProcessId } from './agent-process.ts';
import { agentSettings } from './agent-settings.ts';
import { agentToken } from './agent-token.ts';
import type { AgentProcess, Agents } from './agents.ts';
import { requireStoreNode } from './native-store.ts';

async function settings(choice: AgentChoice): Promise<AgentSettings> {
  const { readContextFacts } = await import('@autodevops/kube/kubeconfig');
  return await agentSettings(choice, {
    env: process.env, platform: process.platform, home: homedir(),
    cluster: async ({ context, kubeconfig }) => await readContextFacts({ context, kubeconfig }),
    read: async (path) => await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new AutoDevOpsError('config.invalid', `${path} cannot be read (${error.code ?? error.message}).`, 'Correct the rights of the file.', { cause: error });
    }),
  });
}

async function connectionTo({ configuration, folder }: AgentSettings): Promise<Connection> {
  return await (await import('@autodevops/agentd/connection')).connectionOf(configuration, folder);
}

async function look(choice: AgentChoice): Promise<AgentProcess> {
  const found = await settings(choice);
  const { address, fetch } = await connectionTo(found);
  return { settings: found, address, log: processFiles(found.folder).log, answers: await agentAnswers(fetch), id: await processIdIn(found.folder) };
}

type Choice = Pick<ComposeChoice, 'configuration' | 'folder'> & Partial<ComposeChoice>;

async function makeAgent(choice: Choice, version: string): Promise<Agent> {
  requireStoreNode(process.version);
  await mkdir(choice.folder, { recursive: true, mode: 0o700 });
  const { composeAgent } = await import('@autodevops/agentd/compose');
  return await composeAgent({ version, environment: process.env, writeLog: () => undefined, ...choice });
}

function inside(agent: Agent, token: string | undefined, close: () => Promise<void> = () => agent.close()): AgentDoor {
  return { client: agentClientOf({ fetch: agent.fetch, token }), where: 'inside', close };
}

/** An agent over the sample cluster, which takes changes and forgets them with this process. */
async function openSampleAgent(version: string): Promise<AgentDoor> {
  const [{ openWritableSample, samplePace }, { Configuration }] = await Promise.all([import('../sample/compose.ts'), import('@autodevops/agentd/configuration')]);
  requireStoreNode(process.version);
  const folder = await mkdtemp(join(tmpdir(), 'autodevops-sample-'));
  const forget = async (): Promise<void> => { await rm(folder, { recursive: true, force: true }); };
  try {
    const sample = await openWritableSample();
    const { reader, objects } = sample;
    const agent = await makeAgent({ configuration: Configuration.parse({}), folder, opened: { reader, objects }, pace: samplePace }, version);
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

async function open(choice: AgentChoice, version: string): Promise<AgentDoor> {
  if (choice.sample === true) return await openSampleAgent(version);
  const found = await settings(choice);
  const { fetch } = await connectionTo(found);
  if (await agentAnswers(fetch)) return { client: agentClientOf({ fetch, token: agentToken(found, process.env, false) }), where: 'running', close: async () => undefined };
  return inside(await makeAgent(found, version), agentToken(found, process.env, true));
}

function optionArguments({ context, kubeconfig, config }: AgentChoice): readonly string[] {
  const given = { '--context': context, '--kubeconfig': kubeconfig === undefined ? undefined : resolve(kubeconfig), '--config': config === undefined ? undefined : resolve(config) };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}

async function start(choice: AgentChoice, signal: AbortSignal): Promise<number> {
  requireStoreNode(process.version);
  const found = await settings(choice);
  const { fetch } = await connectionTo(found);
  const program = process.argv[1] ?? fileURLToPath(import.meta.url);
  return await startProcess({ folder: found.folder, args: [...process.execArgv, program, '__agent', ...optionArguments(choice)], answers: () => agentAnswers(fetch), signal });
}

async function stop(id: number, choice: AgentChoice, signal: AbortSignal): Promise<void> {
  const { fetch } = await connectionTo(await settings(choice));
  await stopProcess(id, () => agentAnswers(fetch), signal);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise<void>((done) => { signal.addEventListener('abort', () => done(), { once: true }); });
}

async function serve(choice: AgentChoice, version: string, signal: AbortSignal): Promise<void> {
  const [found, { listenChoice }] = await Promise.all([settings(choice), import('@autodevops/agentd/listen-choice')]);
  const agent = await makeAgent({ ...found, writeLog: (text) => void process.stderr.write(text) }, version);
  try {
    await agent.listen(listenChoice(found.configuration, found.folder));
    const forget = await writeProcessId(found.folder);
    await untilAborted(signal);
    await forget();
  } finally {
    await agent.close();
  }
}

async function serveMcp(choice: AgentChoice, version: string, signal: AbortSignal): Promise<void> {
  const door = await open(choice, version);
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
    serve: async (choice, signal) => { await serve(choice, version, signal); },
    serveMcp: async (choice, signal) => { await serveMcp(choice, version, signal); },
  };
}
