/** Whether one more of a person is worked on. `first-over`: it is the first that is not, and should be told. */
export type Allowance = 'within' | 'first-over' | 'over';

interface Bucket {
  left: number;
  at: number;
  isOver: boolean;
}

const mostPeople = 50_000;

/** So many a minute of each person, evenly refilled; a key names the person and what is counted. */
export function personLimit(perMinute: number, now: () => number): (key: string) => Allowance {
  const buckets = new Map<string, Bucket>();
  const full = (bucket: Bucket, at: number): boolean => bucket.left + ((at - bucket.at) * perMinute) / 60_000 >= perMinute;
  const makeRoom = (at: number): void => {
    for (const [key, bucket] of buckets) if (full(bucket, at)) buckets.delete(key);
    // Where all are busy, the one seen first has to go: a stranger's flood may not stop the bot for people.
    const [first] = buckets.keys();
    if (buckets.size >= mostPeople && first !== undefined) buckets.delete(first);
  };
  return (key) => {
    const at = now();
    if (buckets.size >= mostPeople && !buckets.has(key)) makeRoom(at);
    const bucket = buckets.get(key) ?? { left: perMinute, at, isOver: false };
    buckets.set(key, bucket);
    bucket.left = Math.min(perMinute, bucket.left + ((at - bucket.at) * perMinute) / 60_000);
    bucket.at = at;
    // Once over, it takes a quarter of a minute's share to be heard again: else every refilled drop is answered anew.
    if (bucket.isOver && bucket.left < Math.max(1, perMinute / 4)) return 'over';
    if (bucket.left >= 1) {
      bucket.left -= 1;
      bucket.isOver = false;
      return 'within';
    }
    bucket.isOver = true;
    return 'first-over';
  };
}
