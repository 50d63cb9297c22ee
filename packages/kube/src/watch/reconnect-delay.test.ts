import { describe, expect, it } from 'vitest';
import { ReconnectDelay } from './reconnect-delay.ts';
import { usualTiming } from './watch-timing.ts';

function within(value: number, least: number, most: number): void {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}

describe('the wait before another try', () => {
  it('doubles from half a second to half a minute, with jitter', () => {
    const delay = new ReconnectDelay(usualTiming);
    for (const full of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) within(delay.next(), full / 2, full);
  });

  it('is at least what the server asked for, up to five minutes', () => {
    const delay = new ReconnectDelay(usualTiming);
    within(delay.next(7000), 7000, 7700);
    within(delay.next(1e9), 300_000, 330_000);
  });

  it('is short again after a healthy minute, or a life that is long beside the last wait', () => {
    const delay = new ReconnectDelay(usualTiming);
    expect(delay.lived(4000)).toBe(false);
    for (let tries = 0; tries < 10; tries++) delay.next();
    expect(delay.lived(59_000)).toBe(false);
    within(delay.next(), 15_000, 30_000);
    expect(delay.lived(60_000)).toBe(true);
    within(delay.next(), 250, 500);
    expect(delay.lived(11_000)).toBe(true);
    expect(delay.lived(Number.NEGATIVE_INFINITY)).toBe(false);
  });
});
