import { describe, expect, it } from 'vitest';
import { testFixtures } from '@autodevops/testkit/fixture';
import { cronJob } from './analyzer.ts';
import { isTimeZone, readSchedule, scheduledBetween } from './schedule.ts';

testFixtures(cronJob, new URL('./fixtures/', import.meta.url));

function times(schedule: string, from: string, to: string, timeZone?: string): readonly string[] {
  const read = readSchedule(schedule);
  if (read === undefined) return ['invalid'];
  return scheduledBetween(read, { from: Date.parse(from), to: Date.parse(to), timeZone }, 10).map((time) =>
    new Date(time).toISOString().slice(0, 16),
  );
}

describe('schedules', () => {
  it('are read as the controller reads them', () => {
    expect(times('*/20 * * * *', '2026-03-10T10:00:00Z', '2026-03-10T11:00:00Z')).toEqual([
      '2026-03-10T11:00',
      '2026-03-10T10:40',
      '2026-03-10T10:20',
    ]);
    expect(times('30 3 * * MON-FRI', '2026-03-07T00:00:00Z', '2026-03-09T12:00:00Z')).toEqual(['2026-03-09T03:30']);
    expect(times('@daily', '2026-03-08T12:00:00Z', '2026-03-10T12:00:00Z')).toEqual([
      '2026-03-10T00:00',
      '2026-03-09T00:00',
    ]);
    expect(times('0 0 13 * 5', '2026-03-11T12:00:00Z', '2026-03-13T12:00:00Z')).toEqual(['2026-03-13T00:00']);
  });

  it('are those of a time zone, summer time included', () => {
    expect(times('0 9 * * *', '2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z', 'Europe/Berlin')).toEqual([
      '2026-03-29T07:00',
      '2026-03-28T08:00',
    ]);
    expect(isTimeZone('Europe/Berln')).toBe(false);
  });

  it.each(['', '* * * *', '60 * * * *', '* * * * MOON', '*/0 * * * *', '5-1 * * * *', '1/2/3 * * * *', '@sometimes'])(
    'refuses "%s"',
    (text) => {
      expect(readSchedule(text)).toBeUndefined();
    },
  );

  it.each(['* * * * *', '? 0 1 JAN *', '0 0 * * 7', '1-5/2,7 * * * *', '@every 5m', 'TZ=UTC 0 0 * * *'])(
    'accepts "%s"',
    (text) => {
      expect(readSchedule(text)).toBeDefined();
    },
  );
});
