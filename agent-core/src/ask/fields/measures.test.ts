import { describe, expect, it } from 'vitest';
import { bytes, cores, count, moment } from './measures.ts';

const now = Date.parse('2026-03-04T10:00:00Z');

describe('amounts as people write them', () => {
  it.each([
    ['10Gi', 10 * 2 ** 30],
    ['10 GB', 10e9],
    ['512 mi', 512 * 2 ** 20],
    ['1g', 1e9],
  ])('%s are bytes', (text, amount) => {
    expect(bytes.of(text, now)).toBe(amount);
  });

  it.each([
    ['250m', 0.25],
    ['2 cores', 2],
    ['1 cpu', 1],
  ])('%s are cores', (text, amount) => {
    expect(cores.of(text, now)).toBe(amount);
  });

  it('reads the number at the head of a count', () => {
    expect(count.of('3 of 5', now)).toBe(3);
    expect(count.of('none', now)).toBeUndefined();
  });

  it('reads a time and a stretch before now as moments', () => {
    expect(moment.of('2026-03-04T09:00:00Z', now)).toBe(now - 3_600_000);
    expect(moment.of('2 days', now)).toBe(now - 2 * 86_400_000);
    expect(moment.of('an hour', now)).toBe(now - 3_600_000);
    expect(moment.of('10m', now)).toBe(now - 600_000);
    expect(moment.of('soon', now)).toBeUndefined();
  });
});
