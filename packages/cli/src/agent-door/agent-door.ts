import type { AgentClient } from '@autodevops/agentd/client';

/** A way to an agent. Close it whatever happens. */
export interface AgentDoor {
  readonly client: AgentClient;
  /** `running`: a process of its own answers. `inside`: it lives in this process, and what it began waits when that ends. */
  readonly where: 'running' | 'inside';
  readonly close: () => Promise<void>;
}
