import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('a duration for people', () => {
  it.each([
    [-1, '0 s'],
    [0, '0 s'],
    [999, '0 s'],
    [119 * second, '119 s'],
    [2 * minute - 1, '119 s'],
    [2 * minute, '2 minutes'],
    [2 * hour - 1, '119 minutes'],
    [2 * hour, '2 h'],
    [2 * day - 1, '47 h'],
    [2 * day, '2 days'],
    [400 * day + hour, '400 days'],
  ])('%d ms are "%s"', (milliseconds, said) => {
    expect(formatDuration(milliseconds)).toBe(said);
  });

  it('never says one of a unit in the plural', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 * day }), (milliseconds) => {
        expect(formatDuration(milliseconds)).not.toMatch(/^1 (?:minutes|days)$/);
      }),
    );
  });
});

describe('a duration that people write', () => {
  it.each([
    ['250ms', 250],
    ['90s', 90 * second],
    ['15m', 15 * minute],
    ['1h30m', 90 * minute],
    ['1 h 30 m', 90 * minute],
    ['2D', 2 * day],
    ['1w', 7 * day],
    ['1.5h', 90 * minute],
    ['0s', 0],
  ])('"%s" is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each([
    '',
    ' ',
    '5',
    'm',
    '-5m',
    '5 minutes',
    '1h30',
    '1,5h',
    '.5h',
    '5m;',
    '١m',
    '1e3s',
    `${'9'.repeat(400)}w`,
    '300000w',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
