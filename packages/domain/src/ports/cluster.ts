import type { KindName } from '../kubernetes/kinds.ts';
import type { ContainerLog, Snapshot } from '../snapshot.ts';
import type { SignalSources } from './signals.ts';
import type { Tracer } from './tracer.ts';

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
  /** Hears where the time of an answer over this cluster goes; absent: nobody does. */
  readonly tracer?: Tracer;
  /** Monitoring of the same cluster, which answers are enriched from; absent: none is configured. */
  readonly signals?: SignalSources;
  /** It is a record: its logs cost nobody anything but the reading, and nothing can be asked of it later. */
  readonly recorded?: true;
  snapshot(
    request: SnapshotRequest,
    options: { signal: AbortSignal; onProgress?: (p: Progress) => void },
  ): Promise<Snapshot>;
  /** Logs that exist; those that could not be read are left out, with a blind spot where that matters. */
  logs(requests: readonly LogRequest[], options: { signal: AbortSignal }): Promise<readonly ContainerLog[]>;
  close(): Promise<void>;
}

/** A cluster that is held in memory and kept in step by watching it. */
export interface ClusterFollower {
  /** Answers from what is held; what of that is old says so. Closing it ends the watching. */
  readonly reader: ClusterReader;
  /** Milliseconds since everything that is held was last known to be in step; Infinity before the first lists have come. */
  staleness(): number;
  /** Rises with what its snapshots may show anew. Whoever reads it before a snapshot misses nothing. */
  version(): number;
  /** Kinds of whose objects something is new beyond this version; `custom` stands for every custom resource. */
  changedSince(version: number): ReadonlySet<string>;
  /**
   * Resolves when the version is beyond this one, after some seconds without any news (ages count too), or when the
   * signal or the follower ends.
   */
  changed(beyond: number, signal: AbortSignal): Promise<void>;
}
