import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Metrics } from '@autodevops/domain/ports/signals';

export interface MetricsSetting {
  readonly open: () => Promise<Metrics>;
  /** A gauge with at least two series and one point in each minute of the last three. */
  readonly gauge: string;
  /** "Now" of the source, in milliseconds. */
  readonly now: () => number;
}

const minute = 60_000;
const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(20_000) });

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AutoDevOpsError ? error.code : 'not of ours'),
  );
}

/** Every adapter of the port Metrics behaves so. */
export function metricsConformance(adapter: string, { open, gauge, now }: MetricsSetting): void {
  describe(`${adapter} as Metrics`, () => {
    it('has a name for people', async () => {
      expect((await open()).source).toMatch(/^\w+ at /);
    });

    it('gives one point of each series at a moment', async () => {
      const { series, cut } = await (await open()).instant(gauge, now(), soon());
      expect(series.length).toBeGreaterThanOrEqual(2);
      expect(series.every(({ points, query }) => points.length === 1 && query === gauge)).toBe(true);
      expect(cut).toBe(false);
    });

    it('gives points in seconds, in order, within the range', async () => {
      const range = { start: now() - 3 * minute, end: now(), step: minute };
      const { series } = await (await open()).range(gauge, range, soon());
      const times = series[0]?.points.map(([time]) => time) ?? [];
      expect(times.length).toBeGreaterThanOrEqual(3);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.every((time) => time * 1000 >= range.start - 1 && time * 1000 <= range.end + 1)).toBe(true);
    });

    it('never has more points than its bounds, however long the range', async () => {
      const { series } = await (
        await open()
      ).range(gauge, { start: now() - 30 * 24 * 60 * minute, end: now(), step: 1_000 }, soon());
      expect(series.every(({ points }) => points.length <= 1_000)).toBe(true);
    });

    it('has no series of a metric that is not there', async () => {
      expect((await (await open()).instant('no_such_metric_anywhere', now(), soon())).series).toEqual([]);
    });

    it('refuses a query that is none, a range that runs backwards and a step of nothing', async () => {
      const metrics = await open();
      expect(await codeOf(metrics.instant('sum((', now(), soon()))).toBe('signals.refused');
      expect(await codeOf(metrics.instant(' ', now(), soon()))).toBe('usage');
      expect(await codeOf(metrics.range(gauge, { start: now(), end: now() - minute, step: minute }, soon()))).toBe(
        'usage',
      );
      expect(await codeOf(metrics.range(gauge, { start: now() - minute, end: now(), step: 0 }, soon()))).toBe('usage');
    });

    it('knows the type of a metric, and none of one that is not there', async () => {
      const metrics = await open();
      expect((await metrics.metadata(gauge, soon())).map(({ name, type }) => [name, type])).toEqual([[gauge, 'gauge']]);
      expect(await metrics.metadata('no_such_metric_anywhere', soon())).toEqual([]);
    });

    it('stops when it is told to', async () => {
      expect(await codeOf((await open()).instant(gauge, now(), { signal: AbortSignal.abort() }))).toBe('interrupted');
    });
  });
}
