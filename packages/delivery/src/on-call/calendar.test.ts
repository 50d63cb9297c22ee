import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendar } from './calendar.ts';
import { faultOfRule } from './calendar-rules.ts';

const berlin = `BEGIN:VTIMEZONE
TZID:Berlin as this calendar has it
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE`;

function event(...lines: readonly string[]): string {
  return [
    'BEGIN:VEVENT',
    ...(lines.some((line) => line.startsWith('UID')) ? [] : ['UID:one']),
    ...lines,
    'END:VEVENT',
  ].join('\n');
}

function at(calendar: string, ...times: readonly string[]): readonly string[] {
  const text = `BEGIN:VCALENDAR\nVERSION:2.0\n${calendar}\nEND:VCALENDAR\n`.replaceAll('\n', '\r\n');
  const { onCallAt } = readCalendar(text, { name: 'team', timeZone: 'Europe/Berlin' });
  return times.map((time) => onCallAt(Date.parse(`${time}Z`)).join('+'));
}

describe('a calendar', () => {
  it('says who is on call by the titles of its events', () => {
    const one = [
      event('UID:1', 'DTSTART:20260105T080000Z', 'DTEND:20260106T080000Z', 'SUMMARY:Ann Lee'),
      event('UID:2', 'DTSTART:20260106T080000Z', 'DURATION:P1D', 'SUMMARY:Ben'),
    ].join('\n');
    expect(at(one, '2026-01-05T07:59', '2026-01-05T08:00', '2026-01-06T08:00', '2026-01-07T08:00')).toEqual([
      '',
      'Ann Lee',
      'Ben',
      '',
    ]);
  });

  it('prefers the addresses of those who attend, and has each once', () => {
    expect(
      at(
        event(
          'DTSTART:20260105T080000Z',
          'DTEND:20260106T080000Z',
          'SUMMARY:On call',
          'ATTENDEE;CN=Ann:mailto:ann@example.com',
          'ATTENDEE:MAILTO:ben@example.com',
          'ATTENDEE:mailto:ann@example.com',
        ),
        '2026-01-05T10:00',
      ),
    ).toEqual(['ann@example.com+ben@example.com']);
  });

  it('has rules, exceptions, moved and cancelled occurrences', () => {
    const weekly = [
      'DTSTART;TZID=Europe/Berlin:20260105T090000',
      'DTEND;TZID=Europe/Berlin:20260105T170000',
      'RRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20260131T000000Z',
      'EXDATE;TZID=Europe/Berlin:20260106T090000',
      'SUMMARY:Ann',
    ];
    const moved = event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260112T090000',
      'DTSTART;TZID=Europe/Berlin:20260114T090000',
      'DTEND;TZID=Europe/Berlin:20260114T170000',
      'SUMMARY:Ben',
    );
    const cancelled = event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260113T090000',
      'DTSTART;TZID=Europe/Berlin:20260113T090000',
      'DTEND;TZID=Europe/Berlin:20260113T170000',
      'STATUS:CANCELLED',
      'SUMMARY:Ann',
    );
    const one = [event(...weekly), moved, cancelled].join('\n');
    expect(
      at(
        one,
        '2026-01-05T10:00',
        '2026-01-06T10:00',
        '2026-01-12T10:00',
        '2026-01-14T10:00',
        '2026-01-13T10:00',
        '2026-01-19T10:00',
        '2026-02-02T10:00',
      ),
    ).toEqual(['Ann', '', '', 'Ben', '', 'Ann', '']);
  });

  it.each(['Europe/Berlin', 'Berlin as this calendar has it'])(
    'keeps to the wall of the zone %s over a change of clocks',
    (zone) => {
      const one = `${berlin}\n${event(`DTSTART;TZID=${zone}:20260323T090000`, `DTEND;TZID=${zone}:20260323T170000`, 'RRULE:FREQ=DAILY', 'SUMMARY:Ann')}`;
      expect(
        at(one, '2026-03-27T07:59', '2026-03-27T08:00', '2026-03-30T06:59', '2026-03-30T07:00', '2026-03-30T15:00'),
      ).toEqual(['', 'Ann', '', 'Ann', '']);
    },
  );

  it('takes whole days, and times without a zone, for those of its own zone', () => {
    expect(
      at(
        event('DTSTART;VALUE=DATE:20260105', 'DTEND;VALUE=DATE:20260106', 'SUMMARY:Ann'),
        '2026-01-04T22:59',
        '2026-01-04T23:00',
        '2026-01-05T22:59',
        '2026-01-05T23:00',
      ),
    ).toEqual(['', 'Ann', 'Ann', '']);
    expect(
      at(
        event('DTSTART:20260105T090000', 'DTEND:20260105T100000', 'SUMMARY:Ann'),
        '2026-01-05T07:59',
        '2026-01-05T08:00',
      ),
    ).toEqual(['', 'Ann']);
  });

  it('has nobody for a title that is empty, and any text for a name', () => {
    expect(at(event('DTSTART:20260105T080000Z', 'DTEND:20260106T080000Z'), '2026-01-05T10:00')).toEqual(['']);
    expect(
      at(
        event('DTSTART:20260105T080000Z', 'DTEND:20260106T080000Z', 'SUMMARY:<!channel> \\; rm -rf'),
        '2026-01-05T10:00',
      ),
    ).toEqual(['<!channel> ; rm -rf']);
  });

  it.each([
    [''],
    ['BEGIN:VCARD\r\nEND:VCARD'],
    ['<html>'],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT'],
    ['BEGIN:VCALENDAR\r\n'.repeat(50)],
    ['\u0000'.repeat(1000)],
  ])('that is none is refused with its name: %j', (text) => {
    expect(() => readCalendar(text, { name: 'team', timeZone: 'UTC' })).toThrow(
      expect.objectContaining({
        code: 'on-call.unknown',
        message: expect.stringContaining('The calendar team cannot be read'),
      }),
    );
  });

  it('with more events than a team has, or with events that recur too often, is refused', () => {
    const many = Array.from({ length: 5001 }, (_, number) =>
      event(`UID:${number}`, 'DTSTART:20260105T080000Z', 'SUMMARY:A'),
    ).join('\n');
    expect(() => at(many, '2026-01-05T10:00')).toThrow('more than 5000 events');
    const often = Array.from({ length: 5 }, (_, number) =>
      event(`UID:${number}`, 'DTSTART:20200101T000000Z', 'DURATION:PT1H', 'RRULE:FREQ=HOURLY', 'SUMMARY:A'),
    ).join('\n');
    expect(() => at(often, '2026-01-05T10:00')).toThrow('its events recur too often');
  }, 60_000);
});

describe('a rule of recurrence', () => {
  it.each([
    'FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,WE;WKST=SU',
    'FREQ=DAILY',
    'freq=daily;byday=mo,tu,we,th,fr',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=MONTHLY;BYMONTHDAY=31',
    'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'FREQ=HOURLY;INTERVAL=12;COUNT=9',
  ])('%s goes on', (rule) => {
    expect(faultOfRule(rule, false)).toBeUndefined();
  });

  it.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=SECONDLY',
    'FREQ=MINUTELY',
    'FREQ=HOURLY;BYMONTH=2',
    'FREQ=DAILY;INTERVAL=999999999',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=2;BYDAY=MO',
    'FREQ=DAILY;BYDAY=-1WE',
    'FREQ=WEEKLY;BYDAY=9MO',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYWEEKNO=53',
    'FREQ=MONTHLY;BYSETPOS=20',
    'FREQ=CONSTRUCTOR',
    '',
    'INTERVAL=1',
  ])('%s is refused: a next time may never come', (rule) => {
    expect(faultOfRule(rule, false)).toBeDefined();
  });

  it('that is let through is gone through to its end, whatever it says and whenever it began', () => {
    const day = fc
      .tuple(fc.constantFrom('', '', '1', '-1', '2', '-5', '5', '53'), fc.constantFrom('MO', 'TU', 'SA', 'SU'))
      .map((parts) => parts.join(''));
    const optional = (name: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
      fc.option(values, { nil: undefined }).map((value) => (value === undefined ? '' : `;${name}=${String(value)}`));
    const rule = fc
      .tuple(
        fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY').map((frequency) => `FREQ=${frequency}`),
        optional('INTERVAL', fc.constantFrom(1, 2, 7, 12, 53, 100, 400)),
        optional('COUNT', fc.constantFrom(0, 1, 1_000_000)),
        optional('UNTIL', fc.constantFrom('20250101', '99991231T000000Z')),
        optional('BYDAY', fc.array(day, { minLength: 1, maxLength: 3 })),
        optional('BYMONTHDAY', fc.constantFrom(1, 28, 29, 30, 31, -1, -31)),
        optional('BYMONTH', fc.constantFrom('2', '2,6', '13')),
        optional('WKST', fc.constantFrom('MO', 'SU')),
      )
      .map((parts) => parts.join(''));
    const begins = fc.constantFrom('20240229T090000', '20260131T090000', '20251231T235959', '20260105T000000');
    fc.assert(
      fc.property(
        rule.filter((one) => faultOfRule(one, false) === undefined),
        begins,
        (one, begin) => {
          try {
            at(
              event(`DTSTART;TZID=Europe/Berlin:${begin}`, 'DURATION:PT8H', `RRULE:${one}`, 'SUMMARY:A'),
              '2026-11-30T10:00',
            );
          } catch (error) {
            expect(error).toMatchObject({ code: 'on-call.unknown' });
          }
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('of a zone is by years or months, and one that excludes is none', () => {
    expect([faultOfRule('FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', true), faultOfRule('FREQ=HOURLY', true)]).toEqual([
      undefined,
      'it recurs HOURLY',
    ]);
    expect(() =>
      at(
        event('DTSTART:20260105T080000Z', 'RRULE:FREQ=DA', ' ILY', 'EXRULE:FREQ=WEEKLY', 'SUMMARY:A'),
        '2026-01-05T10:00',
      ),
    ).toThrow('it has a rule of exceptions');
  });
});
