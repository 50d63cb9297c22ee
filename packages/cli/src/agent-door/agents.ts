import type { AgentChoice } from './agent-choice.ts';
import type { AgentDoor, AgentSettings } from './agent-door.ts';

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
  /** Is the agent, until the signal. */
  readonly serve: (choice: AgentChoice, signal: AbortSignal) => Promise<void>;
  /** Speaks the Model Context Protocol over standard input and output until either ends. */
  readonly serveMcp: (choice: AgentChoice, signal: AbortSignal) => Promise<void>;
}
