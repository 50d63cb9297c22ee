import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';

/** What the analyzers said, and which of them could not look. */
export interface Looked {
  readonly findings: readonly Finding[];
  readonly blindSpots: readonly BlindSpot[];
}
