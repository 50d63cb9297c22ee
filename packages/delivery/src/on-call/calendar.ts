import ICAL from 'ical.js';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { instantOf, isTimeZone } from '@autodevops/domain/zoned-time';
import { faultOfRules } from './calendar-rules.ts';

/** Who is on call by a calendar (iCalendar, RFC 5545): whoever an event that goes on names. */
export interface Calendar {
  /** At an instant, in milliseconds since 1970. Foreign text. Throws `on-call.unknown`. */
  readonly onCallAt: (time: number) => readonly string[];
}

const mostEvents = 5000;
/** Of all recurrences that are gone through to answer one question. */
const mostSteps = 30_000;
const mostPeople = 50;

function unreadable(name: string, why: string, cause?: unknown): AutoDevOpsError {
  return new AutoDevOpsError(
    'on-call.unknown',
    `The calendar ${name} cannot be read: ${why}.`,
    'See that it is an iCalendar file whose events recur by hours, days, weeks, months or years.',
    { cause },
  );
}

interface Event {
  readonly master: ICAL.Event;
  /** The zone that its beginning names; empty: none. */
  readonly zone: string;
}

function eventsOf(component: ICAL.Component): readonly Event[] {
  const all = component.getAllSubcomponents('vevent');
  const [exceptions, masters] = [
    all.filter((one) => one.hasProperty('recurrence-id')),
    all.filter((one) => !one.hasProperty('recurrence-id')),
  ];
  const uidOf = (one: ICAL.Component): string => String(one.getFirstPropertyValue('uid') ?? '');
  const byUid = Map.groupBy(exceptions, uidOf);
  return masters
    .filter((one) => one.hasProperty('dtstart'))
    .map((one) => ({
      master: new ICAL.Event(one, { strictExceptions: false, exceptions: byUid.get(uidOf(one)) ?? [] }),
      zone: String(one.getFirstProperty('dtstart')?.getFirstParameter('tzid') ?? ''),
    }));
}

/** What the clock of an occurrence shows, as if it were UTC. */
function wallOf(time: ICAL.Time): number {
  return Date.UTC(
    time.year,
    time.month - 1,
    time.day,
    time.isDate ? 0 : time.hour,
    time.isDate ? 0 : time.minute,
    time.isDate ? 0 : time.second,
  );
}

/** What its own clock shows, as an instant: by the zone that it names, else by the calendar's. */
function instant(time: ICAL.Time, zone: string, calendarZone: string): number {
  const wall = wallOf(time);
  if (time.isDate) return instantOf(wall, calendarZone);
  if (time.zone === ICAL.Timezone.utcTimezone) return wall;
  if (zone !== '' && isTimeZone(zone)) return instantOf(wall, zone);
  return time.zone === null || time.zone === ICAL.Timezone.localTimezone
    ? instantOf(wall, calendarZone)
    : time.toUnixTime() * 1000;
}

/** By the attendees' addresses where there are any, else by the title. */
function namesIn(component: ICAL.Component): readonly string[] {
  const attendees = component.getAllProperties('attendee').map((one) =>
    String(one.getFirstValue() ?? '')
      .replace(/^mailto:/i, '')
      .trim(),
  );
  const summary = String(component.getFirstPropertyValue('summary') ?? '').trim();
  return (attendees.some((one) => one !== '') ? attendees : [summary]).filter((one) => one !== '').slice(0, mostPeople);
}

interface Steps {
  left: number;
}

function take(steps: Steps): void {
  steps.left -= 1;
  if (steps.left < 0) throw new RangeError('its events recur too often');
}

/** No zone is further from UTC; a day for whole days, and a week for occurrences that were moved together. */
const slack = 8 * 86_400_000;

/** Whoever an event names for an instant. Only occurrences that are near are looked at closely: zones take time. */
function namesAt({ master, zone }: Event, time: number, calendarZone: string, steps: Steps): readonly string[] {
  const holds = (start: ICAL.Time, end: ICAL.Time): boolean =>
    instant(start, zone, calendarZone) <= time && time < instant(end, zone, calendarZone);
  const named = (one: ICAL.Event): readonly string[] =>
    one.component.getFirstPropertyValue('status') === 'CANCELLED' ? [] : namesIn(one.component);
  if (!master.isRecurring()) return holds(master.startDate, master.endDate) ? named(master) : [];
  const moved = Object.values(master.exceptions as unknown as Readonly<Record<string, ICAL.Event>>);
  const names = moved.filter((one) => holds(one.startDate, one.endDate)).flatMap(named);
  const longest = master.duration.toSeconds() * 1000 + slack;
  const iterator = master.iterator();
  for (let next: ICAL.Time | null = iterator.next(); next !== null && next !== undefined; next = iterator.next()) {
    take(steps);
    const wall = wallOf(next);
    if (wall > time + slack) break;
    if (wall + longest < time) continue;
    const { startDate, endDate, item } = master.getOccurrenceDetails(next);
    const isMoved = moved.includes(item) && item.recurrenceId.compare(next) === 0;
    if (!isMoved && holds(startDate, endDate)) names.push(...named(item));
  }
  return names;
}

/** Reads a calendar. `timeZone`: of whole days and of times without a zone. Throws `on-call.unknown` for what is none, or recurs in a way that is not let through. */
export function readCalendar(
  text: string,
  { name, timeZone }: { readonly name: string; readonly timeZone: string },
): Calendar {
  const fault = faultOfRules(text);
  if (fault !== undefined) throw unreadable(name, fault);
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof AutoDevOpsError) throw error;
      throw unreadable(
        name,
        error instanceof RangeError && error.message.startsWith('its ') ? error.message : 'it is no iCalendar file',
        error,
      );
    }
  };
  const events = guarded(() => {
    const component = new ICAL.Component(ICAL.parse(text) as unknown[]);
    if (component.name !== 'vcalendar') throw unreadable(name, 'it is no calendar');
    const found = eventsOf(component);
    if (found.length > mostEvents) throw unreadable(name, `it has more than ${mostEvents} events`);
    return found;
  });
  return {
    onCallAt: (time) =>
      guarded(() => {
        const steps = { left: mostSteps };
        return [...new Set(events.flatMap((event) => namesAt(event, time, timeZone, steps)))].slice(0, mostPeople);
      }),
  };
}
