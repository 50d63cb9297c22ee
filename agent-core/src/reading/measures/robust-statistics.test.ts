import { describe, expect, it } from 'vitest';
import { lastingRise, median, quantile, spread, steadySlope, thinned } from './robust-statistics.ts';

const flat = (count: number, level: number): number[] =>
  Array.from({ length: count }, (_, i) => level + (i % 3) * level * 0.01);

describe('robust statistics', () => {
  it('takes medians and quantiles', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('does not let one spike change the spread', () => {
    expect(spread([1, 1, 1, 1, 900])).toBe(0);
  });

  it('thins to medians of neighbours', () => {
    expect(thinned([1, 1, 9, 2, 2, 2], 2)).toEqual([1, 2]);
    expect(thinned([1, 2], 5)).toEqual([1, 2]);
  });

  it('finds the slope under a spike', () => {
    expect(steadySlope([0, 1, 2, 90, 4, 5])).toBeCloseTo(1);
  });
});

describe('a lasting rise', () => {
  it('is found where it began', () => {
    const shift = lastingRise([...flat(60, 1), ...flat(20, 5)]);
    expect(shift?.at).toBe(60);
    expect(shift?.after).toBeGreaterThan(4.9);
  });

  it('is neither noise, a spike, a ripple, a fall nor what came back', () => {
    const spike = flat(60, 1).with(30, 50);
    const ripple = Array.from({ length: 120 }, (_, i) => 2 + Math.sin(i / 4));
    for (const values of [
      flat(80, 1),
      spike,
      ripple,
      [...flat(60, 5), ...flat(20, 1)],
      [...flat(50, 1), ...flat(20, 5), ...flat(30, 1)],
      [1, 9, 9],
    ]) {
      expect(lastingRise(values)).toBeUndefined();
    }
  });
});
