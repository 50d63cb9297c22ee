import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LocalCluster } from '@autodevops/domain/ports/local-cluster';
import type { AgentLauncher, AgentWanted } from './agent/agent-launcher.ts';
import { AgentEvents } from './agent/agent-events.ts';
import { AgentSupervisor } from './agent/agent-supervisor.ts';
import type { Needing } from './agent/agent-supervisor.ts';
import { tokenName } from './agent/token-name.ts';
import { wantedAgent } from './agent/wanted-agent.ts';
import { ChangesFeed } from './changes/changes-feed.ts';
import { OwnChanges } from './changes/own-changes.ts';
import { IncidentsFeed } from './incidents/incidents-feed.ts';
import { ChosenCluster } from './clusters/chosen-cluster.ts';
import { FolderConfigs } from './clusters/folder-config.ts';
import { LocalLife } from './local/local-life.ts';
import { Observed } from './observing/observed.ts';
import { ProblemsFeed } from './problems/problems-feed.ts';
import type { ClusterSource } from './manifests/live/cluster-source.ts';
import { wantedClusterSource } from './machine/cluster-source.ts';
import type { Tools } from './ports/tools.ts';
import type { Program } from './program/program.ts';
import type { Editor } from './ports/editor.ts';
import type { WindowParts } from './window-parts.ts';

/** Agents of this machine; what is heavy is loaded when one is needed. */
function lazyLauncher(program: string, { secrets }: Editor): AgentLauncher {
  const load = async (): Promise<AgentLauncher> => (await import('./machine/agent-processes.ts')).agentProcesses({
    program,
    cluster: async (choice) => await (await import('@autodevops/kube/kubeconfig')).readContextFacts(choice),
    connection: async (configuration, folder) => await (await import('@autodevops/agentd/connection')).connectionOf(configuration, folder),
    token: async (wanted) => await secrets.get(tokenName(wanted)),
  });
  return {
    open: async (wanted, signal) => await (await load()).open(wanted, signal),
    stop: async (wanted, signal) => { await (await load()).stop(wanted, signal); },
    place: async (wanted) => await (await load()).place(wanted),
  };
}

function lazyProgram(file: string): Program {
  return { run: async (args, options) => await (await import('./machine/program-process.ts')).programProcess(file).run(args, options) };
}

function lazyTools(): Tools {
  return { run: async (...given) => await (await import('./machine/tool-process.ts')).toolProcesses.run(...given) };
}

function lazySource(wanted: () => AgentWanted | AutoDevOpsError): ClusterSource {
  return wantedClusterSource(wanted, async (which) => await (await import('@autodevops/kube/objects')).openClusterObjects(which));
}

async function read(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new AutoDevOpsError('config.invalid', `${path} cannot be read (${error.code ?? error.message}).`, 'Correct the rights of the file.', { cause: error });
  });
}

/** The context that a configuration is about: its own, or the one that its Kind cluster gets. */
async function readContext(text: string, path: string): Promise<string | undefined> {
  const [{ readConfiguration }, { namedContext, usualContext }] = await Promise.all([import('@autodevops/agentd/read-configuration'), import('@autodevops/agentd/cluster-context')]);
  const configuration = readConfiguration(text, path);
  return namedContext(configuration) ?? usualContext(configuration);
}

/**
 * The local cluster that the folder's configuration describes, if the folder is trusted; else the usual one. Its context
 * is written where this window looks, unless the configuration names a place.
 */
async function openLocal(configs: FolderConfigs, kubeconfig: string | undefined): Promise<LocalCluster> {
  const [{ localRoot, localSettings }, { openLocalCluster, rememberedConfiguration }] = await Promise.all([import('@autodevops/agentd/process/local-settings'), import('@autodevops/kube/local-cluster')]);
  const root = localRoot(process.env, process.platform, homedir());
  const path = configs.path();
  const config = path !== undefined && (await read(path)) !== undefined ? path : undefined;
  const found = await localSettings({ config }, { env: { ...process.env, AUTODEVOPS_CONFIG: undefined }, read, remembered: async (name) => await rememberedConfiguration(root, name) });
  return openLocalCluster({ settings: { ...found.settings, kubeconfig: found.settings.kubeconfig ?? kubeconfig }, root });
}

/** Makes everything that a window works with, on what the editor gives. Nothing is read or started yet. */
export function composeWindow(editor: Editor, programFile: string): WindowParts {
  const { settings, kept, clock, log } = editor;
  const kubeconfig = (): string | undefined => settings()['cluster.kubeconfig'] || undefined;
  const clusters = new ChosenCluster({ source: { read: async (path) => await (await import('@autodevops/kube/contexts')).readContextList(path) }, kept, kubeconfig, localContexts: () => settings()['cluster.localContexts'] });
  const folderConfigs = new FolderConfigs(editor, readContext);
  const wanted = (): AgentWanted | AutoDevOpsError => wantedAgent(editor, clusters.state.value, folderConfigs.state.value);
  const launcher = lazyLauncher(programFile, editor);
  const agent = new AgentSupervisor({ launcher, clock, wanted, log: (text) => log.warn(text) });
  const ownChanges = new OwnChanges(kept);
  const clientFor = (needing: Needing): WindowParts['client'] => async (signal) => {
    const [{ guardedClient }, plain] = await Promise.all([import('./agent/guarded-client.ts'), agent.client(signal, needing)]);
    return guardedClient(ownChanges.noting(plain), () => clusters.refusal());
  };
  const events = new AgentEvents({ client: clientFor('feed'), clock, kept, agentKey: () => JSON.stringify(wanted()) });
  return {
    ...editor, clusters, folderConfigs, agent, launcher, wanted, client: clientFor('person'),
    problems: new ProblemsFeed({ client: clientFor('feed'), clock, scope: () => ({ namespace: settings()['problems.namespace'] || undefined, hygiene: settings()['problems.hygiene'] }) }),
    changes: new ChangesFeed({ client: clientFor('feed'), clock, events }),
    ownChanges,
    incidents: new IncidentsFeed({ client: clientFor('feed'), clock, events }),
    asked: new Observed<{ readonly question: string } | undefined>(undefined),
    local: new LocalLife(async () => await openLocal(folderConfigs, kubeconfig())),
    program: lazyProgram(programFile),
    source: lazySource(wanted),
    tools: lazyTools(),
  };
}
