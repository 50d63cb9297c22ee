import { describe, expect, it } from 'vitest';
import { steadyGrowth } from './growth.ts';

const minute = 60_000;
const noise = (i: number): number => 1 + 0.01 * Math.sin(i * 12.9898);
const points = (value: (i: number) => number, length = 75) => ({
  times: Array.from({ length }, (_, i) => i * minute),
  values: Array.from({ length }, (_, i) => value(i)),
});

describe('steady growth', () => {
  it('begins at the bend after a flat stretch', () => {
    const growth = steadyGrowth(points((i) => (200 + Math.max(0, i - 30) * 8) * noise(i)));
    expect(Math.abs((growth?.since ?? 0) / minute - 30)).toBeLessThanOrEqual(4);
  });

  it('begins at the start where it has always grown', () => {
    expect(steadyGrowth(points((i) => (200 + i * 5) * noise(i)))?.since).toBe(0);
  });

  it('is not what levels out, nor a step', () => {
    expect(steadyGrowth(points((i) => 200 + 300 * (1 - Math.exp(-i / 12))))).toBeUndefined();
    expect(steadyGrowth(points((i) => (i < 40 ? 200 : 600) * noise(i)))).toBeUndefined();
  });
});
