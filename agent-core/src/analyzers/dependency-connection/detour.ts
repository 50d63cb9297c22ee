import type { Evidence } from '@autodevops/domain/diagnosis';

/** Where a connection leads if not to the pods behind a Service: what is wrong is then there, or is this address. */
export interface Detour {
  /** How the sentence goes on. */
  readonly says: string;
  readonly evidence: readonly Evidence[];
  readonly step: string;
}
