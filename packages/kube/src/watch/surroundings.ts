import type { KubeClient } from '../http/client.ts';
import type { Sharing } from '../reader/lists/object-reader.ts';
import type { Turns } from '../reader/lists/turns.ts';
import type { WatchTiming } from './watch-timing.ts';
import type { ChangedKind } from './watched.ts';

export interface WatchStatistics {
  /** Lists that were read whole. */
  readonly lists: number;
  /** Those of them that were not the first. */
  readonly relists: number;
  /** Watches that were begun in place of another. */
  readonly reconnects: number;
  /** Objects added, modified or deleted. */
  readonly events: number;
}

export type Counters = { -readonly [K in keyof WatchStatistics]: WatchStatistics[K] };

/** What all reflectors of a cache share. */
export interface Surroundings {
  readonly client: KubeClient;
  readonly sharing: Sharing;
  readonly timing: WatchTiming;
  /** The cluster's clock, milliseconds since the epoch. */
  readonly now: () => number;
  readonly turns: Turns;
  /** Lets a few lists at a time be read. */
  readonly slot: () => Promise<() => void>;
  readonly counters: Counters;
  readonly changed: (kind: ChangedKind) => void;
  /** Where somebody may read who may not read everywhere. */
  readonly allowedNamespaces: () => Promise<readonly string[]>;
  readonly mostEvents: number;
  /** A watch that has added more of one kind is ended, and the list read instead. */
  readonly mostObjects: number;
}
