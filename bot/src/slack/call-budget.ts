import type { Lane } from '@autodevops/domain/ports/bot-store';
import { distributedHistory, methodLimits, unknownMethod } from './method-limits.ts';
import type { MethodLimit } from './method-limits.ts';

/** What one app may ask of one workspace. A method, or a method in a channel, that has to wait delays no other. */
export interface CallBudget {
  /** 0: it may be made, and is counted; else milliseconds until it may. */
  readonly take: (method: string, channel: string, lane: Lane) => number;
  /** Slack said to wait. */
  readonly pause: (method: string, channel: string, milliseconds: number) => void;
}

/** What a lane leaves to those before it: people who wait for an answer come before what happens by itself. */
const reserve: Readonly<Record<Lane, number>> = { interactive: 0, stream: 0.15, incident: 0.3 };

interface Bucket {
  left: number;
  at: number;
  pausedUntil: number;
}

const mostBuckets = 10_000;

function limitOf(method: string, isDistributed: boolean): MethodLimit {
  if (isDistributed && (method === 'conversations.history' || method === 'conversations.replies')) {
    return distributedHistory;
  }
  return methodLimits[method] ?? unknownMethod;
}

/** In a channel: an incident and the first word in its thread. "Short bursts" are allowed there, of a length that Slack does not tell. */
const channelBurst = 2;

/** At once may go half of a minute's share: Slack counts over a minute that begins where it likes. */
function capacityOf({ perMinute, perChannel }: MethodLimit): number {
  return perChannel === true ? channelBurst : Math.max(1, perMinute / 2);
}

/** `now` in milliseconds. */
export function callBudget(now: () => number, isDistributed: boolean): CallBudget {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (method: string, channel: string, limit: MethodLimit): Bucket => {
    const key = limit.perChannel === true ? `${method} ${channel}` : method;
    const found = buckets.get(key);
    if (found !== undefined) return found;
    if (buckets.size >= mostBuckets) {
      for (const [old, bucket] of buckets) {
        if (now() - bucket.at > 60_000 && bucket.pausedUntil < now()) buckets.delete(old);
      }
    }
    const made = { left: capacityOf(limit), at: now(), pausedUntil: 0 };
    buckets.set(key, made);
    return made;
  };
  return {
    take: (method, channel, lane) => {
      const limit = limitOf(method, isDistributed);
      const bucket = bucketOf(method, channel, limit);
      const at = now();
      if (bucket.pausedUntil > at) return bucket.pausedUntil - at;
      const perMillisecond = limit.perMinute / 60_000;
      bucket.left = Math.min(capacityOf(limit), bucket.left + (at - bucket.at) * perMillisecond);
      bucket.at = at;
      // Of a channel's few places nothing can be kept back.
      const needed = 1 + (limit.perChannel === true || capacityOf(limit) === 1 ? 0 : capacityOf(limit) * reserve[lane]);
      if (bucket.left < needed - 1e-9) return Math.ceil((needed - bucket.left) / perMillisecond);
      bucket.left -= 1;
      return 0;
    },
    pause: (method, channel, milliseconds) => {
      const bucket = bucketOf(method, channel, limitOf(method, isDistributed));
      bucket.pausedUntil = Math.max(bucket.pausedUntil, now() + milliseconds);
      bucket.left = 0;
    },
  };
}
