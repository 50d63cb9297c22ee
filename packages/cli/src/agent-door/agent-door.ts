import type { AgentClient } from '@autodevops/agentd/client';
import type { Configuration } from '@autodevops/agentd/configuration';

/** A way to an agent. Close it whatever happens. */
export interface AgentDoor {
  readonly client: AgentClient;
  /** `running`: a process of its own answers. `inside`: it lives in this process, and what it began waits when that ends. */
  readonly where: 'running' | 'inside';
  readonly close: () => Promise<void>;
}

/** What an agent is started from, and where it keeps what it knows. */
export interface AgentSettings {
  readonly configuration: Configuration;
  /** Paths of the configuration are relative to it. */
  readonly folder: string;
  /** The configuration's file; undefined where there is none and the defaults hold. */
  readonly file: string | undefined;
  /** Where a file would be read from. */
  readonly place: string;
}
