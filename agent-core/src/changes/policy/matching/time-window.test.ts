import { describe, expect, it } from 'vitest';
import type { TimeWindow } from '@autodevops/domain/change/policy';
import { isEverOpen, isFrozen, isInWindow, isZone, windowIsCovered } from './time-window.ts';
import type { Moment } from './time-window.ts';

const office: TimeWindow = {
  zone: 'Europe/Vienna',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
};
const night: TimeWindow = { zone: 'Europe/Vienna', days: ['sun'], from: '22:00', to: '06:00' };

/** Nobody has set the clock. */
function at(time: string): Moment {
  return { earliest: Date.parse(time), now: Date.parse(time) };
}

function open(window: TimeWindow, time: string): boolean | undefined {
  return isInWindow(window, at(time));
}

describe('a window', () => {
  it.each([
    ['2026-01-07T07:59:00Z', false],
    ['2026-01-07T08:00:00Z', true],
    ['2026-01-07T15:59:59Z', true],
    ['2026-01-07T16:00:00Z', false],
    ['2026-01-10T12:00:00Z', false],
  ])('is by the clock of its zone: %s is %s', (time, expected) => {
    expect(open(office, time)).toBe(expected);
  });

  it('moves with summer time', () => {
    expect(open(office, '2026-07-08T07:00:00Z')).toBe(true);
    expect(open(office, '2026-01-07T07:00:00Z')).toBe(false);
  });

  it.each([
    ['2026-01-04T21:30:00Z', true],
    ['2026-01-05T04:59:00Z', true],
    ['2026-01-05T05:00:00Z', false],
    ['2026-01-04T04:00:00Z', false],
    ['2026-01-05T21:30:00Z', false],
  ])("runs over midnight and the week's end, and belongs to the day it began: %s is %s", (time, expected) => {
    expect(open(night, time)).toBe(expected);
  });

  const early: TimeWindow = { zone: 'Europe/Vienna', days: ['sun'], from: '02:00', to: '03:00' };

  it('in the hour that summer time leaves out never comes', () => {
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      expect(open(early, new Date(Date.UTC(2026, 2, 28, 22) + minute * 60_000).toISOString())).toBe(false);
    }
  });

  it('in the hour that winter time repeats comes twice', () => {
    expect(open(early, '2026-10-25T00:30:00Z')).toBe(true);
    expect(open(early, '2026-10-25T01:30:00Z')).toBe(true);
    expect(open(early, '2026-10-25T02:30:00Z')).toBe(false);
  });

  it('ends at 24:00 with its day', () => {
    const evening: TimeWindow = { ...office, days: ['wed'], from: '22:00', to: '24:00' };
    expect(open(evening, '2026-01-07T22:59:00Z')).toBe(true);
    expect(open(evening, '2026-01-07T23:00:00Z')).toBe(false);
  });

  it('of an unknown zone is neither open nor shut', () => {
    expect(open({ ...office, zone: 'Europe/Nowhere' }, '2026-01-07T12:00:00Z')).toBeUndefined();
    expect(isZone('+01:00')).toBe(false);
    expect(isZone('Asia/Kathmandu')).toBe(true);
  });

  it('that ends when it begins never is', () => {
    expect(isEverOpen({ ...office, to: '09:00' })).toBe(false);
    expect(isEverOpen(night)).toBe(true);
  });
});

describe('a window is covered', () => {
  it('by windows that touch each other', () => {
    expect(
      windowIsCovered(office, [
        { ...office, to: '12:00' },
        { ...office, from: '12:00', to: '18:00' },
      ]),
    ).toBe(true);
    expect(
      windowIsCovered(office, [
        { ...office, to: '12:00' },
        { ...office, from: '12:30', to: '18:00' },
      ]),
    ).toBe(false);
  });

  it('over midnight by the early hours of the next day', () => {
    expect(
      windowIsCovered(night, [
        { ...night, to: '24:00' },
        { ...night, days: ['mon'], from: '00:00', to: '07:00' },
      ]),
    ).toBe(true);
  });

  it('not by one of another zone', () => {
    expect(windowIsCovered(office, [{ ...office, zone: 'Europe/London', from: '00:00', to: '24:00' }])).toBe(false);
  });
});

describe('a freeze', () => {
  const freeze = { name: 'year-end', from: '2026-12-20T00:00:00+01:00', to: '2027-01-02T00:00:00+01:00' };

  it.each([
    ['2026-12-19T22:59:59Z', false],
    ['2026-12-19T23:00:00Z', true],
    ['2027-01-01T22:59:59Z', true],
    ['2027-01-01T23:00:00Z', false],
  ])('%s is %s', (time, expected) => {
    expect(isFrozen(freeze, at(time))).toBe(expected);
  });

  it('of no readable time holds', () => {
    expect(isFrozen({ ...freeze, from: 'then', to: 'later' }, { earliest: 0, now: 0 })).toBe(true);
  });
});

describe('a clock that was set', () => {
  const between = (earliest: string, now: string): Moment => ({ earliest: Date.parse(earliest), now: Date.parse(now) });

  it.each([
    ['2026-01-07T09:00:00Z', '2026-01-07T15:59:00Z', true],
    ['2026-01-07T17:00:00Z', '2026-01-08T07:59:00Z', false],
    ['2026-01-07T09:00:00Z', '2026-01-07T16:00:00Z', undefined],
    ['2026-01-07T07:00:00Z', '2026-01-07T17:00:00Z', undefined],
    ['2026-01-05T09:00:00Z', '2026-01-12T09:00:00Z', undefined],
    ['2026-01-10T09:00:00Z', '2026-01-11T20:00:00Z', false],
  ])('leaves a window open only where it is so at every minute from %s to %s: %s', (earliest, now, expected) => {
    expect(isInWindow(office, between(earliest, now))).toBe(expected);
  });

  it('leaves a window over the end of the week open', () => {
    expect(isInWindow(night, between('2026-01-04T22:00:00Z', '2026-01-05T04:00:00Z'))).toBe(true);
  });

  it('sees the hour in between that summer time leaves out', () => {
    expect(isInWindow(office, between('2026-03-28T22:00:00Z', '2026-03-29T06:00:00Z'))).toBe(false);
  });

  it.each([
    ['2026-12-19T20:00:00Z', '2026-12-19T23:00:00Z', true],
    ['2027-01-01T22:59:59Z', '2027-01-09T00:00:00Z', true],
    ['2026-12-01T00:00:00Z', '2027-02-01T00:00:00Z', true],
    ['2027-01-01T23:00:00Z', '2027-01-09T00:00:00Z', false],
    ['2026-12-01T00:00:00Z', '2026-12-19T22:59:59Z', false],
  ])('begins a freeze early and ends none: from %s to %s is %s', (earliest, now, expected) => {
    const freeze = { name: 'year-end', from: '2026-12-20T00:00:00+01:00', to: '2027-01-02T00:00:00+01:00' };
    expect(isFrozen(freeze, between(earliest, now))).toBe(expected);
  });
});
