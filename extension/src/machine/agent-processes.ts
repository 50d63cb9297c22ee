import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireContract } from '@autodevops/agentd/contract-version';
import type { Configuration } from '@autodevops/agentd/configuration';
import { agentContract } from '@autodevops/agentd/process/agent-answers';
import { agentClientOf } from '@autodevops/agentd/process/agent-client-of';
import { processFiles, processIdIn, startProcess, stopProcess } from '@autodevops/agentd/process/agent-process';
import { agentSettings } from '@autodevops/agentd/process/agent-settings';
import type { AgentSettings } from '@autodevops/agentd/process/agent-settings';
import { holdAgent, holdPath } from '@autodevops/agentd/process/holders';
import { inTurn } from '@autodevops/agentd/process/start-turn';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AgentLauncher, AgentWanted, OpenAgent } from '../agent/agent-launcher.ts';
import { t } from '../language/translate.ts';
import { fileText } from './file-text.ts';

type Fetch = (request: Request) => Promise<Response>;

export interface AgentProcessesChoice {
  /** The command line that lies beside the extension: as it the agent runs. */
  readonly program: string;
  /** Of a context: from the kubeconfig. */
  readonly cluster: (choice: {
    readonly context?: string | undefined;
    readonly kubeconfig?: string | undefined;
  }) => Promise<{ readonly context: string; readonly server: string }>;
  readonly connection: (configuration: Configuration, folder: string) => Promise<{ readonly fetch: Fetch }>;
  /** What is shown to an agent that wants to know who asks. */
  readonly token: (wanted: AgentWanted) => Promise<string | undefined>;
}

const beat = 5000;

/** Only a file that was named counts: an environment variable of the editor is no business of a window. */
async function settingsOf(
  { context, kubeconfig, config }: AgentWanted,
  { cluster }: AgentProcessesChoice,
): Promise<AgentSettings> {
  return await agentSettings(
    { context, kubeconfig, config },
    {
      env: { ...process.env, AUTODEVOPS_CONFIG: undefined },
      platform: process.platform,
      home: homedir(),
      cluster,
      read: fileText,
    },
  );
}

function programArguments(
  { program }: AgentProcessesChoice,
  { context, kubeconfig, config }: AgentWanted,
): readonly string[] {
  const given = { '--context': context, '--kubeconfig': kubeconfig, '--config': config };
  return [
    program,
    '__agent',
    '--held',
    ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
  ];
}

/** Of several windows that want the same agent at once, one starts it. */
async function answering(
  found: AgentSettings,
  fetch: Fetch,
  args: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const here = await agentContract(fetch);
  if (here !== undefined) return here;
  return await inTurn(found.folder, signal, async () => {
    const meanwhile = await agentContract(fetch);
    if (meanwhile !== undefined) return meanwhile;
    await startProcess({
      folder: found.folder,
      args,
      answers: async () => (await agentContract(fetch)) !== undefined,
      signal,
    });
    const started = await agentContract(fetch);
    if (started === undefined) {
      throw new AutoDevOpsError(
        'agent.unreachable',
        t('The agent ended right after its start.'),
        t('Its log is {0}.', processFiles(found.folder).log),
      );
    }
    return started;
  });
}

/** Of an agent that nobody can hold only asking tells that it is gone. */
function askedAgain(fetch: Fetch): Pick<OpenAgent, 'lost' | 'letGo'> {
  const [lost, ended] = [new AbortController(), new AbortController()];
  const ask = async (): Promise<void> => {
    do await sleep(beat, undefined, { signal: ended.signal, ref: false });
    while ((await agentContract(fetch)) !== undefined);
    lost.abort();
  };
  ask().catch(() => undefined);
  return { lost: lost.signal, letGo: () => ended.abort() };
}

async function open(wanted: AgentWanted, choice: AgentProcessesChoice, signal: AbortSignal): Promise<OpenAgent> {
  const found = await settingsOf(wanted, choice);
  const { fetch } = await choice.connection(found.configuration, found.folder);
  requireContract(await answering(found, fetch, programArguments(choice, wanted), signal), t('this extension'));
  const held = (await holdAgent(holdPath(found.configuration, found.folder))) ?? askedAgain(fetch);
  const known = found.configuration.mode === 'local' && found.configuration.listen.kind === 'socket';
  return {
    client: agentClientOf({ fetch, token: known ? undefined : await choice.token(wanted) }),
    lost: held.lost,
    letGo: () => held.letGo(),
  };
}

async function stop(wanted: AgentWanted, choice: AgentProcessesChoice, signal: AbortSignal): Promise<void> {
  const found = await settingsOf(wanted, choice);
  const { fetch } = await choice.connection(found.configuration, found.folder);
  const answers = async (): Promise<boolean> => (await agentContract(fetch)) !== undefined;
  if (!(await answers())) return;
  const id = await processIdIn(found.folder);
  if (id === undefined) {
    throw new AutoDevOpsError(
      'agent.unreachable',
      t('An agent answers, but its process is not written down.'),
      t('End it where it was started.'),
    );
  }
  await stopProcess(id, answers, signal);
}

/** Agents as processes of this machine: found by their sockets, started as the program beside the extension. */
export function agentProcesses(choice: AgentProcessesChoice): AgentLauncher {
  return {
    open: async (wanted, signal) => await open(wanted, choice, signal),
    stop: async (wanted, signal) => {
      await stop(wanted, choice, signal);
    },
    place: async (wanted) => {
      const { place, folder, configuration } = await settingsOf(wanted, choice);
      const { policy } = configuration.agents.scarlet;
      return {
        configuration: place,
        policy: policy === undefined ? undefined : resolve(folder, policy),
        log: processFiles(folder).log,
      };
    },
  };
}
