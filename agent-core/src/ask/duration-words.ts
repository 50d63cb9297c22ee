import { formatDuration } from '@autodevops/domain/duration';

/** A stretch of time that a question names. `rest` is the question's text without it. */
export interface Stretch {
  readonly milliseconds: number;
  /** "in the last 12 minutes" */
  readonly words: string;
  readonly rest: string;
}

const unit: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const small: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, ten: 10, twelve: 12, half: 0.5 };

const amount = /(?:(?:since|in|within|during|over|for|from) )?(?:the )?(?:last |past )?(?<n>\d+(?:\.\d+)?|an?|one|two|three|four|five|six|ten|twelve|half)(?: an?)? ?(?<u>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b(?: ago)?/i;
const single = /(?:(?:since|in|within|during|over) )?(?:the )?(?:last|past|this) (?<u>minute|hour|day|week)\b/i;
const today = /(?:since )?\b(?<day>today|yesterday|this morning|last night|midnight)\b/i;

function stretch(text: string, match: RegExpExecArray, milliseconds: number): Stretch {
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.replaceAll(/\s+/g, ' ').trim();
  return { milliseconds, words: `in the last ${formatDuration(milliseconds)}`, rest };
}

/** The stretch of time in a text, seen from `now` (milliseconds since the epoch; days are UTC). */
export function stretchIn(text: string, now: number): Stretch | undefined {
  const counted = amount.exec(text);
  if (counted !== null) {
    const said = (counted.groups?.['n'] ?? '1').toLowerCase();
    const count = small[said] ?? Number(said);
    return stretch(text, counted, count * (unit[(counted.groups?.['u'] ?? 'h').charAt(0).toLowerCase()] ?? 0));
  }
  const one = single.exec(text);
  if (one !== null) return stretch(text, one, unit[(one.groups?.['u'] ?? 'h').charAt(0).toLowerCase()] ?? 0);
  const day = today.exec(text);
  if (day === null) return undefined;
  const sinceMidnight = now % 86_400_000;
  const earlier = /yesterday|night/i.test(day.groups?.['day'] ?? '') ? 86_400_000 : 0;
  return stretch(text, day, sinceMidnight + earlier);
}
