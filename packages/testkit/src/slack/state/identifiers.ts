import { randomBytes } from 'node:crypto';

/** First letter of Slack's ids: enterprise, team, user, channel, private channel, direct message, file, view, app, bot, event. */
export type IdPrefix = 'E' | 'T' | 'U' | 'C' | 'G' | 'D' | 'F' | 'V' | 'A' | 'B' | 'Ev' | 'Pt' | 'Ul' | 'Bk';

export interface Identifiers {
  readonly next: (prefix: IdPrefix) => string;
  /** A message's id in its channel: seconds and microseconds, never twice and never backwards. */
  readonly ts: () => string;
  /** Changes with every change of a view. */
  readonly hash: () => string;
  /** Of a token, a code, a trigger: cannot be guessed. */
  readonly secret: (bytes?: number) => string;
}

export function identifiers(now: () => number): Identifiers {
  let count = 0;
  let last = 0;
  return {
    next: (prefix) => `${prefix}0${(++count).toString(36).toUpperCase().padStart(8, '0')}`,
    ts: () => {
      last = Math.max(last + 1, Math.floor(now()) * 1000);
      return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
    },
    hash: () => `${Math.floor(now() / 1000)}.${randomBytes(4).toString('hex')}`,
    secret: (bytes = 16) => randomBytes(bytes).toString('hex'),
  };
}
