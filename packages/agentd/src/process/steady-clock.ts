/** Where time is read, both in milliseconds. */
export interface TimeSources {
  /** The clock on the wall, which people and services set. */
  readonly wall: () => number;
  /** What has passed since some moment; nobody sets it, and it goes on while the machine sleeps. */
  readonly passed: () => number;
}

export interface SteadyClock {
  /** Never earlier than the start plus what has passed since. */
  readonly now: () => number;
  /** By how much the clock on the wall is behind that. */
  readonly behind: () => number;
}

/**
 * The clock on the wall, except that nobody extends a yes, a token, broken glass or a window of time by setting it back
 * while this process runs. Set forwards it is believed, and when it is set right again it is believed again.
 */
export function steadyClock({ wall, passed }: TimeSources): SteadyClock {
  const began = wall() - passed();
  const least = (): number => Math.floor(began + passed());
  return {
    now: () => Math.max(wall(), least()),
    behind: () => Math.max(0, least() - wall()),
  };
}
