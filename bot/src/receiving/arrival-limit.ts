/** Whether one more is worked on. `first-over`: it is the first that is not, and should be told. */
export type Allowance = 'within' | 'first-over' | 'over';

interface Bucket {
  left: number;
  at: number;
  isOver: boolean;
}

export interface ArrivalLimit {
  /** Evenly refilled. */
  readonly perMinute: number;
  /** At once, after a rest. */
  readonly burst: number;
  /** What has to be there again before one that went over is heard: else every refilled drop is answered anew. */
  readonly heardAgain: number;
}

/** Of one person: a minute's share at once. */
export function personLimit(perMinute: number): ArrivalLimit {
  return { perMinute, burst: perMinute, heardAgain: Math.max(1, perMinute / 4) };
}

/** Of all people of a workspace: some seconds' share at once, so that a flood is shed before it is work. */
export function workspaceLimit(perMinute: number): ArrivalLimit {
  return { perMinute, burst: Math.max(10, perMinute / 10), heardAgain: 1 };
}

const mostKeys = 50_000;

/** Holds each key to the limit by itself: it names whose it is, and what is counted. From memory alone; `now` in milliseconds. */
export function arrivalLimiter(
  { perMinute, burst, heardAgain }: ArrivalLimit,
  now: () => number,
): (key: string) => Allowance {
  const buckets = new Map<string, Bucket>();
  const full = (bucket: Bucket, at: number): boolean => bucket.left + ((at - bucket.at) * perMinute) / 60_000 >= burst;
  const makeRoom = (at: number): void => {
    for (const [key, bucket] of buckets) if (full(bucket, at)) buckets.delete(key);
    // Where all are busy, the one seen first has to go: a stranger's flood may not stop the bot for people.
    const [first] = buckets.keys();
    if (buckets.size >= mostKeys && first !== undefined) buckets.delete(first);
  };
  return (key) => {
    const at = now();
    if (buckets.size >= mostKeys && !buckets.has(key)) makeRoom(at);
    const bucket = buckets.get(key) ?? { left: burst, at, isOver: false };
    buckets.set(key, bucket);
    bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) * perMinute) / 60_000);
    bucket.at = at;
    if (bucket.isOver && bucket.left < heardAgain) return 'over';
    if (bucket.left >= 1) {
      bucket.left -= 1;
      bucket.isOver = false;
      return 'within';
    }
    bucket.isOver = true;
    return 'first-over';
  };
}
