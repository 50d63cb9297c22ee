import { describe, expect, it } from 'vitest';
import type { MetricClass } from './metric-class.ts';
import { isBusier } from './busier.ts';
import type { Measure } from './measure.ts';
import { riseOf } from './rise.ts';
import type { Unit } from './unit.ts';

const object = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: '' });
const minute = 60_000;
/** Repeatable noise around one. */
const noise = (i: number): number => 1 + 0.05 * Math.sin(i * 12.9898) * Math.cos(i * 4.1414);

function measure(kind: MetricClass, unit: Unit, value: (i: number) => number, name = 'cart', length = 60): Measure {
  const points = {
    times: Array.from({ length }, (_, i) => i * minute),
    values: Array.from({ length }, (_, i) => value(i)),
  };
  return {
    kind,
    unit,
    object: object(name),
    workload: object(name),
    points,
    series: { query: kind, labels: {}, points: [] },
    derived: '',
  };
}

const step =
  (before: number, after: number, at = 40) =>
  (i: number): number =>
    (i < at ? before : after) * noise(i);

describe('a rise', () => {
  it('is told with its levels and the moment in which it began', () => {
    const rise = riseOf(measure('latency', 'milliseconds', step(60, 480)));
    expect(rise?.since).toBe(40 * minute);
    expect([Math.round((rise?.before ?? 0) / 10), Math.round((rise?.after ?? 0) / 100)]).toEqual([6, 5]);
  });

  it('that goes on for long began where it left the noise, not in its middle', () => {
    const rise = riseOf(measure('connections', 'count', (i) => (20 + Math.max(0, i - 30) * 20) * noise(i)));
    expect(Math.abs((rise?.since ?? 0) - 31 * minute)).toBeLessThanOrEqual(minute);
  });

  it('began with the step, not with the drift before it', () => {
    expect(
      riseOf(measure('latency', 'milliseconds', (i) => (i < 40 ? 25 + Math.max(0, i - 25) : 450) * noise(i)))?.since,
    ).toBe(40 * minute);
  });

  it.each<[string, Measure]>([
    ['steady noise', measure('latency', 'milliseconds', (i) => 60 * noise(i))],
    ['a single spike', measure('cpu', 'cores', (i) => (i === 45 ? 3 : 0.1) * noise(i))],
    ['what fell back', measure('errors', 'share', (i) => (i > 20 && i < 30 ? 0.4 : 0.001))],
    ['too little to matter', measure('latency', 'milliseconds', step(2, 8))],
    ['a few failures more', measure('errors', 'share', step(0.0001, 0.004))],
    ['less than a dozen points', measure('cpu', 'cores', step(0.1, 2, 5), 'cart', 9)],
    ['a fall', measure('memory', 'bytes', step(9e8, 2e8))],
  ])('is not %s', (_, given) => {
    expect(riseOf(given)).toBeUndefined();
  });

  it('weighs one from nothing by what is worth a word, not without end', () => {
    expect(riseOf(measure('errors', 'share', (i) => (i < 40 ? 0 : 0.3)))?.doublings).toBeCloseTo(Math.log2(30));
  });
});

describe('more of everything', () => {
  const busy = (
    kind: MetricClass,
    unit: Unit,
    before: number,
    after: number,
    ...others: readonly Measure[]
  ): boolean => {
    const given = measure(kind, unit, step(before, after));
    const rise = riseOf(given);
    expect(rise).toBeDefined();
    return rise !== undefined && isBusier(rise, [given, ...others]);
  };
  const asked = (before: number, after: number, name = 'cart'): Measure =>
    measure('requests', 'per second', step(before, after), name);

  it('for more requests is no fault', () => {
    expect(busy('cpu', 'cores', 0.2, 0.8, asked(50, 200))).toBe(true);
    expect(busy('errors', 'per second', 0.1, 0.4, asked(50, 200))).toBe(true);
  });

  it('than the requests explain is one', () => {
    expect(busy('cpu', 'cores', 0.2, 0.8, asked(50, 65))).toBe(false);
    expect(busy('cpu', 'cores', 0.2, 0.8, asked(50, 50))).toBe(false);
  });

  it('goes by what came to the others where its own requests are not counted', () => {
    const others = ['a', 'b', 'c', 'd'].map((name) => asked(20, 80, name));
    expect(busy('cpu', 'cores', 0.2, 0.8, ...others)).toBe(true);
    expect(busy('cpu', 'cores', 0.2, 0.8, ...others.slice(0, 3))).toBe(false);
  });

  it('excuses somewhat later answers, and no failures or long waits', () => {
    expect(busy('latency', 'milliseconds', 100, 170, asked(50, 200))).toBe(true);
    expect(busy('latency', 'milliseconds', 100, 900, asked(50, 200))).toBe(false);
    expect(busy('errors', 'share', 0.001, 0.05, asked(50, 200))).toBe(false);
  });
});
