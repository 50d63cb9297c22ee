import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, isTimeZone, wallTime } from './zoned-time.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const berlin = 'Europe/Berlin';

describe('wall time', () => {
  it('is what a clock there shows', () => {
    expect(wallTime(utc('2026-01-15T12:00:00'), berlin)).toBe(utc('2026-01-15T13:00:00'));
    expect(wallTime(utc('2026-07-15T12:00:00'), berlin)).toBe(utc('2026-07-15T14:00:00'));
    expect(wallTime(utc('2026-01-15T12:00:00.250'), 'Asia/Kathmandu')).toBe(utc('2026-01-15T17:45:00.250'));
    expect(wallTime(utc('2026-01-15T00:00:00'), 'America/New_York')).toBe(utc('2026-01-14T19:00:00'));
  });

  it('that two instants show is the first of them', () => {
    expect(instantOf(utc('2026-10-25T02:30:00'), berlin)).toBe(utc('2026-10-25T00:30:00'));
  });

  it('that no instant shows is as much later as clocks are set forward', () => {
    expect(instantOf(utc('2026-03-29T02:30:00'), berlin)).toBe(utc('2026-03-29T01:30:00'));
  });

  it('of any instant leads back to it, or to the earlier one that shows the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: utc('1990-01-01T00:00:00'), max: utc('2037-12-31T00:00:00') }),
        fc.constantFrom(berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia', 'UTC'),
        (instant, zone) => {
          const wall = wallTime(instant, zone);
          const back = instantOf(wall, zone);
          return back <= instant && wallTime(back, zone) === wall;
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is of zones that there are', () => {
    expect([isTimeZone(berlin), isTimeZone('Mars/Olympus'), isTimeZone('')]).toEqual([true, false, false]);
  });
});
