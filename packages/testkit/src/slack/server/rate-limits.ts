import { callsPerMinute } from '../rules/methods/method.ts';
import type { RateTier, SlackMethod } from '../rules/methods/method.ts';

/** How generous the limits are. What Slack does not publish has a number here that it may be set to. */
export interface RateLimitOptions {
  /** False: nothing is limited. */
  readonly isOn?: boolean;
  /** Messages that may come at once into one channel before one a second holds: "short bursts are allowed", Slack says. */
  readonly channelBurst?: number;
  /** Messages a minute into all channels of a workspace: "several hundred". */
  readonly messagesPerMinute?: number;
  /** Calls of a method of tier 1 that may come at once: "a small amount of burst behavior is tolerated". */
  readonly rareBurst?: number;
  /** Calls a minute of methods whose limit is not published. */
  readonly specialPerMinute?: number;
}

/** Milliseconds that the caller has to wait; 0: the call is counted and may go on. */
export interface RateLimits {
  readonly take: (call: {
    readonly method: SlackMethod;
    readonly app: string;
    readonly team: string;
    readonly channel: string;
    readonly isThrottled: boolean;
  }) => number;
}

interface Bucket {
  tokens: number;
  at: number;
}

interface Rule {
  readonly key: string;
  readonly burst: number;
  readonly perMillisecond: number;
}

const minute = 60_000;

/** https://docs.slack.dev/apis/web-api/rate-limits: for each method, workspace and app. */
export function rateLimits(now: () => number, options: RateLimitOptions = {}): RateLimits {
  const buckets = new Map<string, Bucket>();

  const level = ({ key, burst, perMillisecond }: Rule): Bucket => {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now() };
    bucket.tokens = Math.min(burst, bucket.tokens + (now() - bucket.at) * perMillisecond);
    bucket.at = now();
    buckets.set(key, bucket);
    return bucket;
  };

  return {
    take: (call) => {
      if (options.isOn === false) return 0;
      const rules = rulesFor(call, options);
      // A little less than a whole one is a whole one: fractions are counted in floating point.
      const waits = rules.map((rule) => Math.ceil(Math.max(0, 0.999_99 - level(rule).tokens) / rule.perMillisecond));
      const wait = Math.max(0, ...waits);
      if (wait === 0) for (const rule of rules) level(rule).tokens -= 1;
      return wait;
    },
  };
}

type Call = Parameters<RateLimits['take']>[0];

function rulesFor({ method, app, team, channel, isThrottled }: Call, options: RateLimitOptions): readonly Rule[] {
  const key = `${app} ${team} ${method.name}`;
  if (isThrottled) return [{ key, burst: 1, perMillisecond: 1 / minute }];
  if (method.tier === 'per-channel') {
    const all = options.messagesPerMinute ?? 300;
    return [
      { key: `${key} ${channel}`, burst: options.channelBurst ?? 3, perMillisecond: 1 / 1000 },
      { key, burst: all, perMillisecond: all / minute },
    ];
  }
  const calls = perMinute(method.tier, options);
  // An app may have ten connections, and every one is opened by a method of tier 1.
  const burst = method.tier === 1 ? (options.rareBurst ?? 10) : calls;
  return [{ key, burst, perMillisecond: calls / minute }];
}

function perMinute(tier: Exclude<RateTier, 'per-channel'>, options: RateLimitOptions): number {
  return tier === 'special' ? (options.specialPerMinute ?? 600) : callsPerMinute[tier];
}
