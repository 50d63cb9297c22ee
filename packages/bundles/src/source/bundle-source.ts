import type { Limits } from '../limits.ts';

/** One file of a bundle. `path` is relative, with `/` between its segments, and names nothing outside of the bundle. */
export interface BundleFile {
  readonly path: string;
  /** Bytes; of a compressed file before decompression. */
  readonly size: number;
  /** Milliseconds since the epoch; 0 when not known. */
  readonly modified: number;
  /** The bytes, once. Of an archive only while the file is being visited. */
  readonly body: () => AsyncIterable<Uint8Array>;
  /** The last `bytes` bytes without reading the rest, where the source can seek. */
  readonly tail?: (bytes: number) => Promise<Uint8Array>;
}

export interface WalkOptions {
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Bytes gone through so far, before decompression, and in all. */
  readonly onBytes?: (done: number, total: number) => void;
}

/** What the walk left out, each as a sentence for people; `cut` when an unknown rest is missing. */
export interface WalkReport {
  readonly notes: readonly string[];
  readonly cut: boolean;
}

/** A folder, an archive or one file, walked from start to end as often as needed. Nothing of it is written to disk. */
export interface BundleSource {
  /**
   * Calls `visit` for each regular file, one at a time. Throws an `AutoDevOpsError` with `bundle.refused` on what no
   * honest bundle holds (names that lead out of it, bombs).
   */
  readonly walk: (visit: (file: BundleFile) => Promise<void>, options: WalkOptions) => Promise<WalkReport>;
  /** One file by its path, where the source can go straight to it; undefined when it is gone. */
  readonly pick?: (path: string, limits: Limits) => Promise<BundleFile | undefined>;
}
