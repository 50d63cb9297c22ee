/** Where time is read, both in milliseconds. */
export interface TimeSources {
  /** The clock on the wall, which people and services set. */
  readonly wall: () => number;
  /** What has passed since the machine began; nobody sets it, and it goes on while the machine sleeps. */
  readonly passed: () => number;
}

/** Where the clock on the wall is believed to have stood when nothing had passed, in milliseconds. */
export interface Bearing {
  readonly origin: number;
  /** Somebody set the clock since: where it would have stood by that, and since when it does. */
  readonly moved?: { readonly origin: number; readonly since: number } | undefined;
}

export interface SteadyClock {
  /** The latest that it can be: never earlier than the start plus what has passed since. */
  readonly now: () => number;
  /** The earliest that it can be: what has passed, where the clock on the wall was set forwards. */
  readonly earliest: () => number;
  /** By how much the clock on the wall is behind what has passed since the start. */
  readonly behind: () => number;
  /** By how much it is ahead of what has passed. */
  readonly ahead: () => number;
  /** What is believed now, to be kept for the next process of this machine. */
  readonly bearing: () => Bearing;
  /** Goes on with what an earlier process of this machine believed. */
  readonly resume: (bearing: Bearing) => void;
}

/** The clock on the wall and what has passed are read one after the other; by so little, in milliseconds, nobody set it. */
const jitter = 2000;
/** A clock that was set is believed when it has gone on from there for as long as the longest budget counts back. */
const believedAfter = 86_400_000;

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= jitter;
}

function nextBearing({ origin, moved }: Bearing, told: number, passed: number): Bearing {
  if (isSame(told, origin)) return { origin };
  if (moved === undefined || !isSame(told, moved.origin)) return { origin, moved: { origin: told, since: passed } };
  return passed - moved.since >= believedAfter ? { origin: told } : { origin, moved };
}

/**
 * The clock on the wall, except that nobody who sets it loosens anything. What ends by itself (a yes, a token, broken
 * glass) ends by the latest that it can be: set back, the clock extends nothing while this process runs. What holds
 * something back (a budget, a breaker's rest, a freeze) ends by the earliest that it can be: set forwards, it ends
 * nothing early. Set right again it is believed again, and so is one that has stood for a day.
 */
export function steadyClock({ wall, passed }: TimeSources): SteadyClock {
  const began = wall() - passed();
  let bearing: Bearing = { origin: began };
  const least = (): number => Math.floor(began + passed());
  const look = (): { readonly told: number; readonly origin: number } => {
    const told = wall() - passed();
    bearing = nextBearing(bearing, told, passed());
    return { told, origin: bearing.origin };
  };
  const ahead = (): number => {
    const { told, origin } = look();
    return isSame(told, origin) ? 0 : Math.max(0, told - origin);
  };
  return {
    now: () => Math.max(wall(), least()),
    earliest: () => Math.floor(wall() - ahead()),
    behind: () => Math.max(0, least() - wall()),
    ahead,
    bearing: () => {
      look();
      return bearing;
    },
    resume: (kept) => {
      bearing = kept;
    },
  };
}
