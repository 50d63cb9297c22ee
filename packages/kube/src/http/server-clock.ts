/** The API server's clock beside this machine's, as far as the Date headers of its answers tell. */
export interface ServerClock {
  /** Takes the Date header of an answer that has come just now. */
  readonly hear: (date: string | undefined) => void;
  /** The server's clock minus this machine's, in milliseconds; 0 while they agree to within seconds, or nothing was heard. */
  readonly offset: () => number;
}

/** This machine's own: the time of day, and one that only ever goes forward. Both in milliseconds. */
export interface MachineClock {
  readonly now: () => number;
  readonly steady: () => number;
}

/** A Date header has whole seconds (RFC 9110, 5.6.7): on average it was half a second later. */
const halfSecond = 500;
/** The answer took a moment too. */
const agreementMs = 3_000;
/** So long a better reading stands against worse ones. */
const holdMs = 60_000;

/**
 * What is read late seems to come from a slow clock. So of a minute's readings the most advanced one counts, and after
 * that the next: a clock that somebody has put back is believed within the minute.
 */
export function createServerClock(
  { now, steady }: MachineClock = { now: Date.now, steady: () => performance.now() },
): ServerClock {
  let offset: number | undefined;
  let heldSince = 0;
  return {
    offset: () => offset ?? 0,
    hear: (date = '') => {
      const read = Date.parse(date) + halfSecond - now();
      if (Number.isNaN(read)) return;
      const told = Math.abs(read) < agreementMs ? 0 : read;
      if (offset !== undefined && Math.abs(told - offset) < agreementMs) heldSince = steady();
      else if (offset === undefined || told > offset || steady() - heldSince >= holdMs) {
        offset = told;
        heldSince = steady();
      }
    },
  };
}
