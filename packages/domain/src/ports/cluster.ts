import type { KindName } from '../kubernetes/kinds.ts';
import type { ContainerLog, Snapshot } from '../snapshot.ts';

export interface SnapshotRequest {
  /** Absent: every namespace. Cluster-scoped kinds are always read. */
  readonly namespaces?: readonly string[];
  readonly kinds: readonly KindName[];
  /** Read objects of other kinds (custom resources with conditions) too. */
  readonly custom: boolean;
}

export interface LogRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  /** Last lines only. */
  readonly tailLines: number;
  readonly limitBytes: number;
}

export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Reads a cluster, or a record of one. Never throws for what it may not read: that becomes a blind spot of the
 * snapshot. Throws an `AutoDevOpsError` when there is nothing to read at all (unreachable, not a bundle).
 */
export interface ClusterReader {
  /** What people call it: the context, or the bundle's path. */
  readonly source: string;
  snapshot(request: SnapshotRequest, options: { signal: AbortSignal; onProgress?: (p: Progress) => void }): Promise<Snapshot>;
  /** Logs that exist; those that could not be read are left out, with a blind spot where that matters. */
  logs(requests: readonly LogRequest[], options: { signal: AbortSignal }): Promise<readonly ContainerLog[]>;
  close(): Promise<void>;
}
