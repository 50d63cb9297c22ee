import { expect, it } from 'vitest';
import { utcTime } from './utc-time.ts';

it('a time is told to the second, in UTC wherever it was written', () => {
  expect(utcTime('2026-01-01T02:01:05.123+01:00')).toBe('2026-01-01 01:01:05 UTC');
});

it('what is no time is left as it is', () => {
  expect(utcTime('soon')).toBe('soon');
});
