import type { AgentClient } from '@autodevops/agentd/client';
import type { AgentLauncher, AgentWanted } from './agent/agent-launcher.ts';
import type { AgentSupervisor } from './agent/agent-supervisor.ts';
import type { ChangesFeed } from './changes/changes-feed.ts';
import type { OwnChanges } from './changes/own-changes.ts';
import type { IncidentsFeed } from './incidents/incidents-feed.ts';
import type { ChosenCluster } from './clusters/chosen-cluster.ts';
import type { FolderConfigs } from './clusters/folder-config.ts';
import type { LocalLife } from './local/local-life.ts';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Clock } from './ports/clock.ts';
import type { Documents } from './ports/documents.ts';
import type { Folder } from './ports/folder.ts';
import type { Kept, Secrets } from './ports/kept.ts';
import type { Log } from './ports/log.ts';
import type { People } from './ports/people.ts';
import type { Terminals } from './ports/terminals.ts';
import type { ClusterSource } from './manifests/live/cluster-source.ts';
import type { ProblemsFeed } from './problems/problems-feed.ts';
import type { Observed } from './observing/observed.ts';
import type { Program } from './program/program.ts';
import type { Tools } from './ports/tools.ts';
import type { Settings } from './settings/settings.ts';

/** What the editor gives: its ports. Made in `vscode/`; tests make their own. */
export interface Editor {
  readonly people: People;
  readonly documents: Documents;
  readonly terminals: Terminals;
  readonly folder: Folder;
  readonly kept: Kept;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly clock: Clock;
  /** As they are configured now. */
  readonly settings: () => Settings;
  /** Where the extension keeps files of its own. */
  readonly ownFolder: string;
  readonly version: string;
}

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
  readonly changes: ChangesFeed;
  readonly ownChanges: OwnChanges;
  readonly incidents: IncidentsFeed;
  readonly local: LocalLife;
  readonly program: Program;
  /** What was asked outside of the chat last; the chat answers it. */
  readonly asked: Observed<{ readonly question: string } | undefined>;
}
