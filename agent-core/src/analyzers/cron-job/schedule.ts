/** Which minutes a schedule means: a test per field. */
export interface Schedule {
  readonly matches: (minute: CivilMinute) => boolean;
}

/** A minute on the calendar of the schedule's time zone. */
export interface CivilMinute {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
}

const macros: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

const monthNames = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
}

const fields: readonly Field[] = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  { low: 1, high: 12, names: monthNames },
  { low: 0, high: 7, names: dayNames },
];

function value(text: string, field: Field): number | undefined {
  const named = text === '' ? -1 : field.names.indexOf(text.toLowerCase());
  if (named >= 0) return named;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= field.low && number <= field.high ? number : undefined;
}

/** One element of a field, `*`, `5`, `1-5` or either with a step, as the values it means. */
function element(text: string, field: Field): readonly number[] | undefined {
  const [range = '', step, more] = text.split('/');
  const by = step === undefined ? 1 : /^\d{1,3}$/.test(step) ? Number(step) : 0;
  if (by < 1 || more !== undefined) return undefined;
  let [from, to] = [field.low, field.high];
  if (range !== '*' && range !== '?') {
    const [first = '', last, rest] = range.split('-');
    const start = value(first, field);
    const end = last === undefined ? (step === undefined ? start : field.high) : value(last, field);
    if (start === undefined || end === undefined || rest !== undefined || end < start) return undefined;
    [from, to] = [start, end];
  }
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);
}

function values(text: string, field: Field): ReadonlySet<number> | undefined {
  const all = new Set<number>();
  for (const part of text.split(',')) {
    const some = element(part, field);
    if (some === undefined) return undefined;
    for (const one of some) all.add(one);
  }
  return all;
}

/** Reads a schedule as the CronJob controller does; `every` schedules are valid and match no minute. Undefined when invalid. */
export function readSchedule(text: string): Schedule | undefined {
  const trimmed = text.trim().replace(/^(?:CRON_)?TZ=\S+\s+/, '');
  if (trimmed.startsWith('@every ')) return { matches: () => false };
  const parts = (macros.get(trimmed.toLowerCase()) ?? trimmed).split(/\s+/);
  if (parts.length !== 5) return undefined;
  const sets = parts.map((part, index) => values(part, fields[index] ?? { low: 0, high: 0, names: [] }));
  const [minutes, hours, days, months, weekdays] = sets;
  if (
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    months === undefined ||
    weekdays === undefined
  ) {
    return undefined;
  }
  const anyDay = parts[2]?.startsWith('*') === true || parts[2] === '?';
  const anyWeekday = parts[4]?.startsWith('*') === true || parts[4] === '?';
  const onDay = (at: CivilMinute): boolean => {
    const byDay = days.has(at.day);
    const byWeekday = weekdays.has(at.weekday) || (at.weekday === 0 && weekdays.has(7));
    // When both are restricted, either is enough.
    return anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday;
  };
  return { matches: (at) => minutes.has(at.minute) && hours.has(at.hour) && months.has(at.month) && onDay(at) };
}

const minuteLength = 60_000;
const furthest = 3 * 24 * 60;

function civil(time: number): CivilMinute {
  const at = new Date(time);
  return {
    minute: at.getUTCMinutes(),
    hour: at.getUTCHours(),
    day: at.getUTCDate(),
    month: at.getUTCMonth() + 1,
    weekday: at.getUTCDay(),
  };
}

const quarter = 15 * minuteLength;

type Calendar = (time: number) => CivilMinute;

/** Offsets from UTC change at quarters of an hour only, so one look-up serves a quarter. */
function zonedCalendar(timeZone: string): Calendar | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    const offsets = new Map<number, number>();
    return (time) => {
      const block = Math.floor(time / quarter) * quarter;
      let offset = offsets.get(block);
      if (offset === undefined) {
        const parts = new Map(format.formatToParts(block).map((part) => [part.type as string, Number(part.value)]));
        const number = (type: string): number => parts.get(type) ?? 0;
        offset = Date.UTC(number('year'), number('month') - 1, number('day'), number('hour'), number('minute')) - block;
        offsets.set(block, offset);
      }
      return civil(time + offset);
    };
  } catch {
    return undefined;
  }
}

const calendars = new Map<string, Calendar | undefined>();
const mostCalendars = 100;

/** A calendar for a time zone (UTC when there is none); undefined when the zone is not known. The zones in use are few and kept. */
function calendar(timeZone: string | undefined): Calendar | undefined {
  if (timeZone === undefined || timeZone === '' || timeZone === 'UTC' || timeZone === 'Etc/UTC') return civil;
  if (calendars.has(timeZone)) return calendars.get(timeZone);
  if (calendars.size >= mostCalendars) calendars.clear();
  const made = zonedCalendar(timeZone);
  calendars.set(timeZone, made);
  return made;
}

export function isTimeZone(timeZone: string): boolean {
  return calendar(timeZone) !== undefined;
}

/**
 * Scheduled times after `from` and not after `to` (milliseconds), newest first, at most `most`; looks back three days
 * at most, so that rare schedules cost nothing.
 */
export function scheduledBetween(
  schedule: Schedule,
  span: { from: number; to: number; timeZone: string | undefined },
  most: number,
): readonly number[] {
  const at = calendar(span.timeZone);
  if (at === undefined) return [];
  const found: number[] = [];
  let time = Math.floor(span.to / minuteLength) * minuteLength;
  for (let i = 0; i < furthest && time > span.from && found.length < most; i += 1, time -= minuteLength) {
    if (schedule.matches(at(time))) found.push(time);
  }
  return found;
}
