import { formatDuration } from '@autodevops/domain/duration';
import { timeAgo } from '@autodevops/domain/time-ago';

/** A stretch of time that a question names. `rest` is the question's text without it. */
export interface Stretch {
  /** From when, and until when, in milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** "in the last 12 minutes", "since 07:20 UTC", "yesterday" */
  readonly words: string;
  readonly rest: string;
}

const minute = 60_000;
const day = 86_400_000;
const quarter = day / 4;
const unit: Readonly<Record<string, number>> = { s: 1000, m: minute, h: 60 * minute, d: day, w: 7 * day };
const small: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
  twelve: 12,
  half: 0.5,
  few: 3,
  'couple of': 2,
};
const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

type Groups = Readonly<Record<string, string | undefined>>;
type Times = Omit<Stretch, 'rest'>;

function ago(milliseconds: number, now: number): Times {
  return { from: now - milliseconds, until: now, words: `in the last ${formatDuration(milliseconds)}` };
}

/** "07:20": the last time that it was so, in UTC. */
function timeOf(
  { hour = '', minute: past = '0', half = '', date }: Groups,
  now: number,
): { readonly at: number; readonly said: string } | undefined {
  const twelve = half.toLowerCase();
  const hours = (Number(hour) % (twelve === '' ? 24 : 12)) + (twelve === 'pm' ? 12 : 0);
  const inDay = hours * 60 * minute + Number(past) * minute;
  const today = now - (now % day) + inDay;
  const at = date === undefined ? (today > now ? today - day : today) : Date.parse(`${date}T00:00:00Z`) + inDay;
  if (Number.isNaN(at) || Number(hour) > 23 || Number(past) > 59) return undefined;
  return {
    at,
    said: `${new Date(at)
      .toISOString()
      .slice(date === undefined && now - at < day ? 11 : 0, 16)
      .replace('T', ' ')} UTC`,
  };
}

/** "At" means about then; "before" means all that is older; "since" and "after" mean until now. */
function clock(groups: Groups, now: number): Times | undefined {
  const time = timeOf(groups, now);
  if (time === undefined) return undefined;
  const { at, said } = time;
  const { word = '' } = groups;
  if (/^(?:before|until|till|up to)$/i.test(word)) return { from: 0, until: at, words: `before ${said}` };
  return /^(?:at|around|about|near)$/i.test(word)
    ? { from: at - 15 * minute, until: at + 15 * minute, words: `around ${said}` }
    : { from: at, until: now, words: `since ${said}` };
}

/** "Between 07:20 and 07:25"; where the end is not after the beginning, the beginning was the day before. */
function between({ hour, minute: past, half, hour2, minute2, half2, date }: Groups, now: number): Times | undefined {
  const end = timeOf({ hour: hour2, minute: minute2, half: half2, date }, now);
  const begin = timeOf({ hour, minute: past, half: half ?? half2, date }, now);
  if (begin === undefined || end === undefined) return undefined;
  const from = begin.at > end.at ? begin.at - day : begin.at;
  return { from, until: end.at, words: `between ${begin.said} and ${end.said}` };
}

function named({ day: said = '', word: when = '' }: Groups, now: number): Times {
  const midnight = now - (now % day);
  const word = said.toLowerCase();
  const weekday = weekdays.indexOf(word);
  const back = weekday < 0 ? Number(word === 'yesterday') : (new Date(now).getUTCDay() - weekday + 7) % 7 || 7;
  if (/^(?:before|until|till)$/i.test(when)) {
    return { from: 0, until: midnight - back * day, words: `before ${said} (UTC)` };
  }
  if (weekday >= 0) {
    return { from: midnight - back * day, until: now, words: `since ${said}` };
  }
  if (word === 'yesterday') return { from: midnight - day, until: midnight, words: 'yesterday (UTC)' };
  if (word === 'last night') return { from: midnight - quarter, until: midnight + quarter, words: 'last night (UTC)' };
  return { from: midnight, until: now, words: 'today (UTC)' };
}

/** "November 14", "14 Nov", "2026-11-14": the last such day that is not ahead. */
function calendarDay({ word = '', month, month2, nth, nth2, iso }: Groups, now: number): Times | undefined {
  const name = (month ?? month2 ?? '').toLowerCase().slice(0, 3);
  const year = new Date(now).getUTCFullYear();
  const inYear = (y: number): number => Date.UTC(y, months.split('|').indexOf(name), Number(nth ?? nth2));
  const from = iso === undefined ? (inYear(year) > now ? inYear(year - 1) : inYear(year)) : Date.parse(iso);
  if (Number.isNaN(from)) return undefined;
  const said = new Date(from).toISOString().slice(0, 10);
  if (/^(?:before|until|till)$/i.test(word)) return { from: 0, until: from - 1, words: `before ${said} (UTC)` };
  if (/^after$/i.test(word)) return { from: from + day, until: now, words: `after ${said} (UTC)` };
  return /^(?:since|from)$/i.test(word)
    ? { from, until: now, words: `since ${said} (UTC)` }
    : { from, until: from + day - 1, words: `on ${said} (UTC)` };
}

/** The forms, in the order in which they are tried. */
const forms: readonly {
  readonly pattern: RegExp;
  readonly read: (groups: Groups, now: number) => Times | undefined;
}[] = [
  {
    pattern:
      /\b(?:between|from) (?:(?<date>\d{4}-\d\d-\d\d)[T ])?(?<hour>\d{1,2})(?::(?<minute>\d\d))?(?: ?(?<half>am|pm))?(?: ?utc)? (?:and|to|until|till|-) (?<hour2>\d{1,2})(?::(?<minute2>\d\d))?(?: ?(?<half2>am|pm))?(?: ?(?:utc|o.?clock))?(?![\w:.%/-])/i,
    read: between,
  },
  {
    pattern:
      /\b(?:(?<word>since|at|after|from|around|about|near|before|until|till|up to) )?(?:(?<date>\d{4}-\d\d-\d\d)[T ])?(?<hour>\d{1,2}):(?<minute>\d\d)(?::\d\d(?:\.\d+)?)?(?: ?(?<half>am|pm))?(?: ?(?:utc|z|h|uhr|o.?clock))?(?![\w:])/i,
    read: clock,
  },
  {
    pattern:
      /\b(?<word>since|at|after|around|before|until|till) (?<hour>\d{1,2})(?: ?(?<half>am|pm))?(?: ?(?:utc|o.?clock))?(?![\w:.%/-]| ?(?:s|sec|second|m|min|minute|h|hr|hour|d|day|w|week|replica|pod)s?\b)/i,
    read: clock,
  },
  {
    pattern:
      /(?:(?:since|in|within|during|over|for|from) )?(?:the )?(?:last |past )?\b(?<n>\d+(?:\.\d+)?|an?|one|two|three|four|five|six|ten|twelve|half|few|couple of)(?: an?)? ?(?<u>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b(?: ago)?/i,
    read: ({ n = '1', u = 'h' }, now) =>
      ago((small[n.toLowerCase()] ?? Number(n)) * (unit[u.charAt(0).toLowerCase()] ?? 0), now),
  },
  {
    pattern: /(?:(?:since|in|within|during|over) )?(?:the )?(?:last|past|this) (?<u>minute|hour|day|week)\b/i,
    read: ({ u = 'h' }, now) => ago(unit[u.charAt(0).toLowerCase()] ?? 0, now),
  },
  {
    pattern: new RegExp(
      `\\b(?:(?<word>since|on|after|from|before|until|till) )?(?:(?<month>${months})\\w*\\.? (?<nth>\\d{1,2})(?:st|nd|rd|th)?|(?:the )?(?<nth2>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month2>${months})\\w*|(?<iso>\\d{4}-\\d\\d-\\d\\d))(?![\\w:-])`,
      'i',
    ),
    read: calendarDay,
  },
  {
    pattern: new RegExp(
      `(?:(?<word>since|on|last|from|before|until|till) )*\\b(?<day>today|yesterday|this morning|last night|midnight|${weekdays.join('|')})\\b`,
      'i',
    ),
    read: named,
  },
];

/** The day of a time of day: "at 07:20 yesterday". */
const dayOfClock = /,? ?\b(?:on )?(?<day>today|this morning|yesterday)\b/i;

function dateIn(text: string, now: number): string | undefined {
  const said = dayOfClock.exec(text)?.groups?.['day']?.toLowerCase();
  return said === undefined ? undefined : new Date(said === 'yesterday' ? now - day : now).toISOString().slice(0, 10);
}

/** The stretch of time in a text, seen from `now` (milliseconds since the epoch; days and times of day are UTC). */
export function stretchIn(text: string, now: number): Stretch | undefined {
  for (const { pattern, read } of forms) {
    const match = pattern.exec(text);
    const isClock = read === clock || read === between;
    const groups = match?.groups ?? {};
    const times =
      match === null
        ? undefined
        : read(isClock ? { ...groups, date: groups['date'] ?? dateIn(text, now) } : groups, now);
    if (match === null || times === undefined) continue;
    const since = /^since (?:yesterday|last night)/i.test(match[0])
      ? { until: now, words: `since ${match.groups?.['day'] ?? ''}` }
      : {};
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
    return {
      ...times,
      ...since,
      rest: (isClock ? rest.replace(dayOfClock, ' ') : rest).replaceAll(/\s+/g, ' ').trim(),
    };
  }
  return undefined;
}

/** "12 minutes ago", as seen from the snapshot's now; empty for what is no time. */
export function agoOf({ snapshot }: { readonly snapshot: { readonly now: number } }, time: string | undefined): string {
  return timeAgo(time ?? '', snapshot.now);
}
