import type { OnCallSchedule } from '@autodevops/domain/ports/on-call';
import { readCalendar } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { fetchedText } from './fetched-text.ts';
import type { TextPlace } from './fetched-text.ts';

/** Where a calendar is: a file, or an address that is found when it is asked for. */
export type CalendarPlace = TextPlace['from'];

export interface CalendarChoice extends Pick<TextPlace, 'now'> {
  readonly from: CalendarPlace;
  readonly name: string;
  /** IANA: of whole days and of times without a zone. */
  readonly timeZone: string;
}

/** A calendar by which people are on call. What could be read last counts while it cannot be had, or read, any more. */
export function icalOnCall({ name, from, timeZone, now }: CalendarChoice): OnCallSchedule {
  const source = fetchedText({ name: `The calendar ${name}`, from, now });
  let read: { readonly text: string; readonly calendar: Calendar } | undefined;
  const calendarOf = (text: string): Calendar => {
    if (read?.text === text) return read.calendar;
    try {
      read = { text, calendar: readCalendar(text, { name, timeZone }) };
    } catch (error) {
      if (read === undefined) throw error;
    }
    return read.calendar;
  };
  return { name, at: async (time, options) => calendarOf(await source.read(options)).onCallAt(time) };
}
