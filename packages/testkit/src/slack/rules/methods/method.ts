import type { z } from 'zod';

/**
 * How often a method may be called, for each workspace and app: tiers 1 to 4 are the documented calls a minute
 * (`callsPerMinute`); `per-channel` is one message a second for each channel; `special` has a limit that is not published.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
export type RateTier = 1 | 2 | 3 | 4 | 'per-channel' | 'special';

export const callsPerMinute: Readonly<Record<1 | 2 | 3 | 4, number>> = { 1: 1, 2: 20, 3: 50, 4: 100 };

/** One method of the Web API, as it is documented. */
export interface SlackMethod {
  readonly name: string;
  /** Reads arguments from a form (texts, JSON in texts) or from a JSON body; without the token. */
  readonly arguments: z.ZodType<Readonly<Record<string, unknown>>>;
  /** Which kind of token it takes; `none`: the arguments carry the app's own secret. */
  readonly token: 'bot' | 'app' | 'configuration' | 'none';
  /** One of these has to be granted; empty: none is needed. `missing_scope` otherwise. */
  readonly scopes: readonly string[];
  readonly tier: RateTier;
  /** What it may answer as `error`, beyond the errors of every method. */
  readonly errors: readonly string[];
}
