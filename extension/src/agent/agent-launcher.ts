import type { AgentClient } from '@autodevops/agentd/client';

/** Which agent: that of a context, or of a configuration file of the folder, which names its cluster itself. */
export interface AgentWanted {
  readonly context: string | undefined;
  /** Where the context leads: elsewhere there is another agent. Empty where its cluster is not described. */
  readonly server: string;
  readonly kubeconfig: string | undefined;
  readonly config: string | undefined;
}

/** An agent that answers, held by this window. */
export interface OpenAgent {
  readonly client: AgentClient;
  /** Aborted when it is gone. */
  readonly lost: AbortSignal;
  readonly letGo: () => void;
}

/** Where an agent is, whether it runs or not. */
export interface AgentPlace {
  /** The file of its configuration, or where one would be read from. */
  readonly configuration: string;
  /** The policy file that the configuration names; undefined where it names none. */
  readonly policy: string | undefined;
  readonly log: string;
}

/** Agents of this machine: found where one answers, else started as processes of their own. */
export interface AgentLauncher {
  /** Throws `agent.unreachable` where it does not come up or speaks another contract, `config.invalid`, `kubeconfig.*`. */
  readonly open: (wanted: AgentWanted, signal: AbortSignal) => Promise<OpenAgent>;
  /** Ends the process, whoever started it; nothing happens where none runs. */
  readonly stop: (wanted: AgentWanted, signal: AbortSignal) => Promise<void>;
  readonly place: (wanted: AgentWanted) => Promise<AgentPlace>;
}
