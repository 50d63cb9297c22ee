import type { AuditRow } from '@autodevops/domain/change/audit-event';
import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';

export interface StoreSummary {
  readonly file: string;
  readonly customer: string;
  readonly time: string;
  readonly rows: number;
}

export interface StoreCheck {
  readonly sound: boolean;
  readonly findings: readonly string[];
  readonly journals: number;
  readonly auditRows: number;
  readonly auditHash: string;
  readonly memories: number;
}

export interface AuditVerdict {
  readonly intact: boolean;
  readonly rows: number;
  readonly hash: string;
  readonly checkpoints: number;
  readonly fault?: string;
  readonly line?: number;
  readonly sequence?: number;
  readonly says: string;
}

export interface VerifyChoice {
  readonly first?: number;
  /** A file of checkpoints, from the second place where they are kept. */
  readonly checkpoints?: string;
  /** Public keys whose checkpoints are believed; those of any key when absent. */
  readonly trusted?: readonly string[];
}

export interface ExportChoice {
  readonly format: 'jsonl' | 'csv';
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}

/** Rows of an audit log, wherever they are read from. */
export interface AuditRows {
  readonly rows: (options: { readonly from: number; readonly limit: number }) => Promise<readonly AuditRow[]>;
  readonly head: () => Promise<{ readonly sequence: number; readonly hash: string }>;
}

export interface BootstrapWish {
  readonly minutes: number;
  /** Why it is made although somebody administers the agent; empty: it is not. */
  readonly brokenGlass: string;
  /** A file to be made, for its owner alone. */
  readonly out?: string | undefined;
}

export interface BootstrapMade {
  readonly token: string;
  readonly expiresAt: string;
  /** Where it was written; undefined: nowhere. */
  readonly file: string | undefined;
}

/** What agents keep, as commands look after it. Made in compose.ts. */
export interface Keeping {
  readonly backup: (choice: AgentChoice, file: string) => Promise<StoreSummary>;
  readonly restore: (choice: AgentChoice, file: string) => Promise<StoreSummary>;
  readonly check: (choice: AgentChoice) => Promise<StoreCheck>;
  /** Makes or updates the tables of agents in PostgreSQL: as their owner, for the role that agents run as. Throws `store.*`. */
  readonly migrate: (address: string, runtimeRole: string) => Promise<void>;
  /** Makes the token of the first administrator in the store itself. Throws `change.not-allowed` where somebody administers the agent. */
  readonly bootstrapToken: (choice: AgentChoice, wanted: BootstrapWish) => Promise<BootstrapMade>;
  /** Needs no agent and no store. */
  readonly verifyAudit: (file: string, choice: VerifyChoice) => Promise<AuditVerdict>;
  readonly exportAudit: (rows: AuditRows, choice: ExportChoice) => AsyncIterable<string>;
}
