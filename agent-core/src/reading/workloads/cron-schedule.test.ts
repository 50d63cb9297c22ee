import { describe, expect, it } from 'vitest';
import { nextRun } from './cron-schedule.ts';

const now = Date.parse('2026-03-04T10:15:30Z');

function next(schedule: string): string | undefined {
  const at = nextRun(schedule, now);
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
}

describe('the next run of a schedule', () => {
  const cases: readonly (readonly [schedule: string, at: string | undefined])[] = [
    ['*/2 * * * *', '2026-03-04T10:16'],
    ['15 10 * * *', '2026-03-05T10:15'],
    ['0 3 * * 0', '2026-03-08T03:00'],
    ['0 3 * * sun', '2026-03-08T03:00'],
    ['0 3 * * 7', '2026-03-08T03:00'],
    ['30 1 1 jan *', '2027-01-01T01:30'],
    ['0 0 13 * 5', '2026-03-06T00:00'],
    ['0 0 29 2 *', '2028-02-29T00:00'],
    ['5/20 * * * *', '2026-03-04T10:25'],
    ['0 9-17 * * 1-5', '2026-03-04T11:00'],
    ['0,30 22,23 * * *', '2026-03-04T22:00'],
    ['@daily', '2026-03-05T00:00'],
    ['@hourly', '2026-03-04T11:00'],
    ['constructor', undefined],
  ];
  it.each(cases)('%s', (schedule, at) => {
    expect(next(schedule)).toBe(at);
  });

  it.each([
    '',
    'often',
    '* * * *',
    '61 * * * *',
    '* 24 * * *',
    '*/0 * * * *',
    '5-1 * * * *',
    '* * * foo *',
    '1/2/3 * * * *',
    '0 0 31 2 *',
  ])('is none for "%s"', (schedule) => {
    expect(next(schedule)).toBeUndefined();
  });
});
