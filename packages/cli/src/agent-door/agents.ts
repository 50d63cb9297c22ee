import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';
import type { AgentSettings } from '@autodevops/agentd/process/agent-settings';
import type { AgentDoor } from './agent-door.ts';

/** How an agent's own process stands. */
export interface AgentProcess {
  readonly settings: AgentSettings;
  /** `unix:/run/…` or `https://10.0.0.1:7070`: where it answers, if it runs. */
  readonly address: string;
  readonly log: string;
  readonly answers: boolean;
  /** Undefined where none is written down. */
  readonly id: number | undefined;
}

/** How long an agent stays. */
export interface ServeChoice {
  readonly held: boolean;
  readonly signal: AbortSignal;
  /** Whatever started it looks after its process: nothing is left beside the store for other commands and windows. */
  readonly isManaged?: boolean;
}

/** Agents and their processes, as commands see them. Made in compose.ts. */
export interface Agents {
  /** The running agent of that cluster, or one that lives in this process. */
  readonly open: (choice: AgentChoice, signal: AbortSignal) => Promise<AgentDoor>;
  readonly settings: (choice: AgentChoice) => Promise<AgentSettings>;
  readonly look: (choice: AgentChoice) => Promise<AgentProcess>;
  /** Starts a process of its own; comes back when it answers, with its id. */
  readonly start: (choice: AgentChoice, signal: AbortSignal) => Promise<number>;
  /** Ends the process with that id, which is the agent of that cluster. */
  readonly stop: (id: number, choice: AgentChoice, signal: AbortSignal) => Promise<void>;
  /** Is the agent, until the signal; when it is held, until nobody holds it any more. */
  readonly serve: (choice: AgentChoice, how: ServeChoice) => Promise<void>;
  /** Speaks the Model Context Protocol over standard input and output until either ends. */
  readonly serveMcp: (choice: AgentChoice, signal: AbortSignal) => Promise<void>;
}
