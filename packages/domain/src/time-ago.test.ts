import { expect, it } from 'vitest';
import { timeAgo } from './time-ago.ts';

const now = '2026-01-01T12:00:00Z';

it.each([
  ['2026-01-01T11:59:56Z', '4 s ago'],
  ['2026-01-01T11:30:00Z', '30 minutes ago'],
  ['2026-01-01T09:00:00Z', '3 h ago'],
  ['2025-12-28T12:00:00Z', '4 days ago'],
])('%s was %s', (time, said) => {
  expect(timeAgo(time, now)).toBe(said);
  expect(timeAgo(time, Date.parse(now))).toBe(said);
});

it('what a clock that runs ahead wrote was just so', () => {
  expect(timeAgo('2026-01-01T12:00:09Z', now)).toBe('0 s ago');
});

it('nothing is said of a time that is not known', () => {
  expect(timeAgo('', now)).toBe('');
  expect(timeAgo('yesterday', now)).toBe('');
  expect(timeAgo(now, '')).toBe('');
});
