import type { ClusterView, ObjectName } from '@autodevops/domain/ports/cluster-objects';
import type { Manifest as LiveObject } from '@autodevops/domain/change/operation';

/**
 * The chosen cluster, read one object or one list at a time. Values of Secrets never come out; their keys do. Throws
 * `AutoDevOpsError` where there is no cluster, it does not answer, or it refuses.
 */
export interface ClusterSource {
  /** What it is that is read: another one begins with other words. */
  readonly key: () => string;
  readonly get: (name: ObjectName, signal: AbortSignal) => Promise<LiveObject | undefined>;
  readonly list: (request: Parameters<ClusterView['list']>[0], signal: AbortSignal) => Promise<readonly LiveObject[]>;
}

export type { LiveObject, ObjectName };
