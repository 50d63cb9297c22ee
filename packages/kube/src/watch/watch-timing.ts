/** In milliseconds, but `watchSeconds`. */
export interface WatchTiming {
  /** The first wait after a failure, and the longest. */
  readonly backOff: readonly [number, number];
  /** A watch that lived this long ends the back-off. */
  readonly healthy: number;
  /** How long the server is asked to keep a watch open: at random between the two. */
  readonly watchSeconds: readonly [number, number];
  /** When a kind that is not served, or not allowed, is asked for again. */
  readonly retryAbsent: number;
  /** How often a kind is listed that may not be watched. */
  readonly poll: number;
  /** How often custom resources are listed of which little is expected. */
  readonly pollRare: number;
  /** How often a quiet API server is asked whether it lives. */
  readonly pulse: number;
  /** From here on, what was read counts as old. */
  readonly stale: number;
  /** Between a change and the word about it. */
  readonly debounce: number;
  /** The same where only leases were renewed. */
  readonly quietDebounce: number;
  /** How long the server may take to begin an answer. */
  readonly header: number;
  /** How long it may pause within one. */
  readonly idle: number;
  /** How long a watch may be quiet whose server is known to send bookmarks (every minute). */
  readonly bookmark: number;
}

export const usualTiming: WatchTiming = {
  backOff: [500, 30_000],
  healthy: 60_000,
  watchSeconds: [300, 600],
  retryAbsent: 60_000,
  poll: 30_000,
  pollRare: 60_000,
  pulse: 20_000,
  stale: 60_000,
  debounce: 250,
  quietDebounce: 10_000,
  header: 15_000,
  idle: 30_000,
  bookmark: 180_000,
};

/** Some time between half of it and it: those who wait together do not come back together. */
export function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}
