const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const shorthands: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);
const minute = 60_000;
const day = 24 * 60 * minute;
/** A 29th of February is eight years away at most. */
const horizon = 8 * 366;

interface Field {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: months },
  { least: 0, most: 7, names: weekdays },
];

function numberOf(text: string, { least, most, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + (names === months ? 1 : 0) : /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

/** The values that one part of a field stands for; undefined when it is none. */
function valuesOf(part: string, field: Field): readonly number[] | undefined {
  const [range = '', stepText = '1', extra] = part.split('/');
  const step = Number(stepText);
  if (extra !== undefined || !Number.isInteger(step) || step < 1) return undefined;
  const [first = '', last] = range.split('-');
  const any = range === '*' || range === '?';
  const from = any ? field.least : numberOf(first, field);
  const to = any ? field.most : last === undefined ? (part.includes('/') ? field.most : from) : numberOf(last, field);
  if (from === undefined || to === undefined || from > to) return undefined;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}

function read(text: string, field: Field): ReadonlySet<number> | undefined {
  const parts = text.split(',').map((part) => valuesOf(part, field));
  return parts.some((part) => part === undefined) ? undefined : new Set(parts.flatMap((part) => part ?? []));
}

/**
 * The next time (milliseconds, UTC) at which a CronJob's schedule is due after `now`; undefined for what is no schedule,
 * or never comes. Where day of month and day of week are both set, either will do, as cron has it.
 * Format: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function nextRun(schedule: string, now: number): number | undefined {
  const texts = (shorthands.get(schedule.trim().toLowerCase()) ?? schedule).trim().split(/\s+/);
  const [minutes, hours, monthDays, inMonths, weekDays] =
    texts.length === fields.length ? fields.map((field, i) => read(texts[i] ?? '', field)) : [];
  if (
    minutes === undefined ||
    hours === undefined ||
    monthDays === undefined ||
    inMonths === undefined ||
    weekDays === undefined
  ) {
    return undefined;
  }
  const [anyMonthDay, anyWeekDay] = [/^[*?]/.test(texts[2] ?? ''), /^[*?]/.test(texts[4] ?? '')];
  const isDue = (date: Date): boolean => {
    const [inMonth, inWeek] = [
      monthDays.has(date.getUTCDate()),
      weekDays.has(date.getUTCDay()) || (date.getUTCDay() === 0 && weekDays.has(7)),
    ];
    return inMonths.has(date.getUTCMonth() + 1) && (anyMonthDay || anyWeekDay ? inMonth && inWeek : inMonth || inWeek);
  };
  const start = now - (now % minute) + minute;
  for (let midnight = start - (start % day), days = 0; days < horizon; midnight += day, days += 1) {
    if (!isDue(new Date(midnight))) continue;
    for (let at = Math.max(midnight, start); at < midnight + day; at += minute) {
      if (hours.has(Math.floor((at % day) / (60 * minute))) && minutes.has(Math.floor((at % (60 * minute)) / minute))) {
        return at;
      }
    }
  }
  return undefined;
}
