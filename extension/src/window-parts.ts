import type { AgentClient } from '@autodevops/agentd/client';
import type { AgentLauncher, AgentWanted } from './agent/agent-launcher.ts';
import type { AgentSupervisor } from './agent/agent-supervisor.ts';
import type { ChangesFeed } from './changes/changes-feed.ts';
import type { DoneChanges } from './changes/done-changes.ts';
import type { IncidentsFeed } from './incidents/incidents-feed.ts';
import type { ChosenCluster } from './clusters/chosen-cluster.ts';
import type { FolderConfigs } from './clusters/folder-config.ts';
import type { LocalLife } from './local/local-life.ts';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Editor } from './ports/editor.ts';
import type { ClusterSource } from './manifests/live/cluster-source.ts';
import type { ObjectNews } from './manifests/live/object-news.ts';
import type { ProblemsFeed } from './problems/problems-feed.ts';
import type { Observed } from './observing/observed.ts';
import type { Program } from './program/program.ts';
import type { Tools } from './ports/tools.ts';

/** Everything that a command, a view or a chat of this window works with. */
export interface WindowParts extends Editor {
  readonly clusters: ChosenCluster;
  /** The configuration of the open folder. */
  readonly folderConfigs: FolderConfigs;
  readonly agent: AgentSupervisor;
  readonly launcher: AgentLauncher;
  /** Which agent this window speaks to, or why to none. */
  readonly wanted: () => AgentWanted | AutoDevOpsError;
  /** The agent's client, which refuses changes while the cluster is locked. Starts the agent where it is not. */
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  /** The chosen cluster, read one object or list at a time, by the rights of the person's own kubeconfig. */
  readonly source: ClusterSource;
  /** Programs of this machine whose output is read. */
  readonly tools: Tools;
  readonly problems: ProblemsFeed;
  readonly objectNews: ObjectNews;
  readonly changes: ChangesFeed;
  readonly doneChanges: DoneChanges;
  readonly incidents: IncidentsFeed;
  readonly local: LocalLife;
  readonly program: Program;
  /** What was asked outside of the chat last; the chat answers it. */
  readonly asked: Observed<{ readonly question: string } | undefined>;
}
