import type { Severity } from '@autodevops/domain/diagnosis';
import type { Suppression } from '@autodevops/domain/suppression';
import type { Focus } from './causes/focus.ts';

/** What is asked for; nothing said: the whole cluster, as it is now. */
export interface DiagnoseOptions {
  /** Absent: the whole cluster. */
  readonly namespaces?: readonly string[];
  /** Narrow the answer to these objects and what they stand on. */
  readonly focus?: readonly Focus[];
  /** Narrow the answer to objects with these labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Report only what began in this time, in milliseconds before the snapshot was taken: a record is as old as it is. */
  readonly beganWithin?: number;
  readonly hygiene?: boolean;
  readonly minSeverity?: Severity;
  readonly suppressions?: readonly Suppression[];
}
