import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AgentLauncher, AgentWanted } from './agent/agent-launcher.ts';
import { AgentEvents } from './agent/agent-events.ts';
import { AgentSupervisor } from './agent/agent-supervisor.ts';
import type { Needing } from './agent/agent-supervisor.ts';
import { wantedAgent } from './agent/wanted-agent.ts';
import { ChangesFeed } from './changes/changes-feed.ts';
import { DoneChanges } from './changes/done-changes.ts';
import { IncidentsFeed } from './incidents/incidents-feed.ts';
import { changeRefusal } from './clusters/change-refusal.ts';
import { ChosenCluster } from './clusters/chosen-cluster.ts';
import { FolderConfigs } from './clusters/folder-config.ts';
import { LocalLife } from './local/local-life.ts';
import { Observed } from './observing/observed.ts';
import { ProblemsFeed } from './problems/problems-feed.ts';
import type { ClusterSource } from './manifests/live/cluster-source.ts';
import { ObjectNews } from './manifests/live/object-news.ts';
import { wantedClusterSource } from './machine/cluster-source.ts';
import { programProcess } from './machine/program-process.ts';
import { toolProcesses } from './machine/tool-process.ts';
import type { Editor } from './ports/editor.ts';
import type { WindowParts } from './window-parts.ts';

/** Agents of this machine; what is heavy is loaded when one is needed. */
function lazyLauncher(program: string, editor: Editor): AgentLauncher {
  const load = async (): Promise<AgentLauncher> =>
    (await import('./agent/compose.ts')).composeLauncher(program, editor);
  return {
    open: async (wanted, signal) => await (await load()).open(wanted, signal),
    stop: async (wanted, signal) => {
      await (await load()).stop(wanted, signal);
    },
    place: async (wanted) => await (await load()).place(wanted),
  };
}

function lazySource(wanted: () => AgentWanted | AutoDevOpsError): ClusterSource {
  return wantedClusterSource(
    wanted,
    async (which) => await (await import('@autodevops/kube/objects')).openClusterObjects(which),
  );
}

/** The context that a configuration is about: its own, or the one that its Kind cluster gets. */
async function readContext(text: string, name: string): Promise<string | undefined> {
  const [{ readConfiguration }, { namedContext, usualContext }] = await Promise.all([
    import('@autodevops/agentd/read-configuration'),
    import('@autodevops/agentd/cluster-context'),
  ]);
  const configuration = readConfiguration(text, name);
  return namedContext(configuration) ?? usualContext(configuration);
}

/** Makes everything that a window works with, on what the editor gives. Nothing is read or started yet. */
export function composeWindow(editor: Editor, programFile: string): WindowParts {
  const { settings, kept, clock, log } = editor;
  const kubeconfig = (): string | undefined => settings()['cluster.kubeconfig'] || undefined;
  const clusters = new ChosenCluster({
    source: {
      read: async (path) => await (await import('@autodevops/kube/contexts')).readContextList(path),
      files: async (path) => (await import('@autodevops/kube/contexts')).kubeconfigFiles(path),
    },
    kept,
    kubeconfig,
    localContexts: () => settings()['cluster.localContexts'],
  });
  const folderConfigs = new FolderConfigs(editor, readContext);
  const wanted = (): AgentWanted | AutoDevOpsError =>
    wantedAgent(editor, clusters.state.value, folderConfigs.state.value);
  const launcher = lazyLauncher(programFile, editor);
  const agent = new AgentSupervisor({ launcher, clock, wanted, log: (text) => log.warn(text) });
  const clientFor =
    (needing: Needing): WindowParts['client'] =>
    async (signal) => {
      const [{ guardedClient }, plain] = await Promise.all([
        import('./agent/guarded-client.ts'),
        agent.client(signal, needing),
      ]);
      return guardedClient(plain, () => changeRefusal({ clusters, folderConfigs }));
    };
  const events = new AgentEvents({ client: clientFor('feed'), clock, kept, agentKey: () => JSON.stringify(wanted()) });
  const changes = new ChangesFeed({ client: clientFor('feed'), clock, events });
  return {
    ...editor,
    clusters,
    folderConfigs,
    agent,
    launcher,
    wanted,
    client: clientFor('person'),
    problems: new ProblemsFeed({
      client: clientFor('feed'),
      clock,
      scope: () => ({
        namespace: settings()['problems.namespace'] || undefined,
        hygiene: settings()['problems.hygiene'],
      }),
    }),
    objectNews: new ObjectNews({ client: clientFor('feed'), clock }),
    changes,
    doneChanges: new DoneChanges({ client: clientFor('feed'), changes }),
    incidents: new IncidentsFeed({ client: clientFor('feed'), clock, events }),
    asked: new Observed<{ readonly question: string } | undefined>(undefined),
    local: new LocalLife(
      async () => await (await import('./local/compose.ts')).composeLocal(folderConfigs.path(), kubeconfig()),
    ),
    program: programProcess(programFile),
    source: lazySource(wanted),
    tools: toolProcesses,
  };
}
