import { expect, it } from 'vitest';
import { arrivalLimiter, personLimit, workspaceLimit } from './arrival-limit.ts';

it('ten thousand of one person in a minute are worked on thirty times and told of a few times', () => {
  let at = 0;
  const allow = arrivalLimiter(personLimit(30), () => at);
  const said = { within: 0, 'first-over': 0, over: 0 };
  for (let count = 0; count < 10_000; count += 1) {
    said[allow('T1/U1')] += 1;
    at += 6;
  }
  expect(said.within).toBeLessThanOrEqual(60);
  expect(said['first-over']).toBeLessThanOrEqual(5);
  expect(said.within + said['first-over'] + said.over).toBe(10_000);
});

it("one person's flood is none of another's", () => {
  const allow = arrivalLimiter(personLimit(2), () => 0);
  expect(['a', 'a', 'a', 'a'].map(allow)).toEqual(['within', 'within', 'first-over', 'over']);
  expect(allow('b')).toBe('within');
});

it('who waits is heard again', () => {
  let at = 0;
  const allow = arrivalLimiter(personLimit(4), () => at);
  for (let count = 0; count < 5; count += 1) allow('a');
  at = 10_000;
  expect(allow('a')).toBe('over');
  at = 30_000;
  expect(allow('a')).toBe('within');
});

it('a workspace is heard some seconds at its full pace, then as much as its share, however much it sends', () => {
  let at = 0;
  const allow = arrivalLimiter(workspaceLimit(600), () => at);
  let within = 0;
  for (; at < 60_000; at += 10) if (allow('T1') === 'within') within += 1;
  expect(within).toBeGreaterThanOrEqual(650);
  expect(within).toBeLessThanOrEqual(660);
});
