/** A bucket of calls for each account: `burst` at once, refilled at `perSecond`. */
export interface RateLimit {
  /** Undefined when the call may go on; else after how many seconds it may be tried again. */
  readonly take: (account: string, now: number) => number | undefined;
}

interface Bucket {
  left: number;
  at: number;
}

const mostAccounts = 10_000;

export function rateLimit({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    take: (account, now) => {
      const bucket = buckets.get(account) ?? { left: burst, at: now };
      // A clock that is set back must not shut anybody out until it has caught up.
      const passed = Math.max(0, now - bucket.at);
      bucket.left = Math.min(burst, bucket.left + (passed / 1000) * perSecond);
      bucket.at = now;
      // The one that was used longest ago goes first: a Map keeps the order of insertion.
      buckets.delete(account);
      buckets.set(account, bucket);
      if (buckets.size > mostAccounts) buckets.delete(buckets.keys().next().value ?? '');
      if (bucket.left < 1) return Math.ceil((1 - bucket.left) / perSecond);
      bucket.left -= 1;
      return undefined;
    },
  };
}
