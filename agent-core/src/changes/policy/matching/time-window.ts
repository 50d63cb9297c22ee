import type { Freeze, TimeWindow } from '@autodevops/domain/change/policy';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const minutesOfDay = 24 * 60;
const minutesOfWeek = 7 * minutesOfDay;

/** Made once for each zone, because making one costs more than a decision; there are some six hundred zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!/^[A-Za-z]/.test(zone)) return undefined;
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  try {
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(zone, clock);
    return clock;
  } catch {
    return undefined;
  }
}

/** Whether the zone is one that the IANA database names. */
export function isZone(zone: string): boolean {
  return clockOf(zone) !== undefined;
}

/** The minute of the week, from Monday 00:00, that a clock on the wall shows. */
function wallMinute(now: number, clock: Intl.DateTimeFormat): number {
  const parts = new Map(clock.formatToParts(now).map((part) => [part.type, part.value]));
  const day = days.findIndex((name) => name === parts.get('weekday')?.toLowerCase());
  return day * minutesOfDay + Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Half-open spans in minutes of the week, from Monday 00:00; what runs over Sunday's end begins again at 0. */
function spans(window: TimeWindow): readonly (readonly [number, number])[] {
  const from = minuteOf(window.from);
  const to = minuteOf(window.to);
  if (from === to) return [];
  return window.days.flatMap((day): (readonly [number, number])[] => {
    const start = days.indexOf(day) * minutesOfDay;
    const end = start + (to > from ? to : to + minutesOfDay);
    if (end <= minutesOfWeek) return [[start + from, end]];
    return [
      [start + from, minutesOfWeek],
      [0, end - minutesOfWeek],
    ];
  });
}

/** What it can be now, in milliseconds: from the earliest to the latest. */
export interface Moment {
  readonly earliest: number;
  readonly now: number;
}

/** Every minute of the week that it can be; a week at most. */
function wallMinutes({ earliest, now }: Moment, clock: Intl.DateTimeFormat): readonly number[] {
  const first = wallMinute(earliest, clock);
  const last = wallMinute(now, clock);
  // Summer time may begin or end in between: the clock on the wall then shows more minutes than pass, or fewer.
  const passing = Math.max(Math.ceil((now - earliest) / 60_000), (last - first + minutesOfWeek) % minutesOfWeek);
  return Array.from({ length: Math.min(passing, minutesOfWeek) + 1 }, (_, index) => (first + index) % minutesOfWeek);
}

/**
 * Whether it is inside of the window, by the clock on the wall: an hour that summer time leaves out never comes, one
 * that it repeats comes twice. Undefined where the zone is not known here, and where it can be inside and outside.
 */
export function isInWindow(window: TimeWindow, moment: Moment): boolean | undefined {
  const clock = clockOf(window.zone);
  if (clock === undefined) return undefined;
  const open = spans(window);
  const inside = wallMinutes(moment, clock).map((minute) => open.some(([from, to]) => minute >= from && minute < to));
  const [first = false] = inside;
  return inside.every((one) => one === first) ? first : undefined;
}

/** Whether there is any minute of the week in the window. */
export function isEverOpen(window: TimeWindow): boolean {
  return spans(window).length > 0;
}

/** Whether every minute of the narrow window is in one of the wide ones of the same zone. */
export function windowIsCovered(narrow: TimeWindow, wide: readonly TimeWindow[]): boolean {
  const open = wide
    .filter((window) => window.zone === narrow.zone)
    .flatMap(spans)
    .toSorted(([a], [b]) => a - b);
  return spans(narrow).every(([from, to]) => {
    let reached = from;
    for (const [start, end] of open) if (start <= reached && end > reached) reached = end;
    return reached >= to;
  });
}

/** Whether it can be in the freeze. A time that is none freezes: what cannot be read never loosens. */
export function isFrozen(freeze: Freeze, { earliest, now }: Moment): boolean {
  return !(now < Date.parse(freeze.from)) && !(earliest >= Date.parse(freeze.to));
}
