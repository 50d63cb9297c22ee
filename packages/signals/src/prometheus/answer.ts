import { z } from 'zod';
import type { SeriesAnswer } from '@autodevops/domain/ports/signals';
import type { Alert, Series } from '@autodevops/domain/signal';
import { keptText, labelReader } from '../carrying/foreign-labels.ts';

const Labels = z.record(z.string(), z.string());
const Point = z.tuple([z.number(), z.string()]);

/** What comes of a query: https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
const Result = z.discriminatedUnion('resultType', [
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ metric: Labels, values: z.array(Point).default([]) })),
  }),
  z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: Labels, value: Point.optional() })) }),
  z.object({ resultType: z.literal('scalar'), result: Point }),
  z.object({ resultType: z.literal('string'), result: z.tuple([z.number(), z.string()]) }),
]);
type Result = z.infer<typeof Result>;

export const QueryAnswer = z.object({
  status: z.literal('success'),
  data: Result,
  warnings: z.array(z.string()).default([]),
  infos: z.array(z.string()).default([]),
});
export type QueryAnswer = z.infer<typeof QueryAnswer>;

export const MetadataAnswer = z.object({
  status: z.literal('success'),
  data: z.record(
    z.string(),
    z.array(z.object({ type: z.string().default(''), help: z.string().default(''), unit: z.string().default('') })),
  ),
});

export const AlertsAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    alerts: z.array(
      z.object({
        labels: Labels.default({}),
        annotations: Labels.default({}),
        state: z.string().default(''),
        activeAt: z.string().default(''),
      }),
    ),
  }),
});
export type AlertsAnswer = z.infer<typeof AlertsAnswer>;

const Failure = z.object({ errorType: z.string().default(''), error: z.string().default('') });

/** The sentence in a refusal of Prometheus. */
export function saidByPrometheus(text: string): string {
  try {
    const read = Failure.safeParse(JSON.parse(text));
    return read.success ? read.data.error : '';
  } catch {
    return '';
  }
}

/** `+Inf` and `NaN` are gaps: no rule can reckon with them. */
function point([time, value]: z.infer<typeof Point>): readonly [number, number] {
  const number = Number(value);
  return [time, Number.isFinite(number) ? number : Number.NaN];
}

function rows(
  result: Result,
): readonly { readonly metric: Readonly<Record<string, string>>; readonly points: readonly z.infer<typeof Point>[] }[] {
  switch (result.resultType) {
    case 'matrix':
      return result.result.map(({ metric, values }) => ({ metric, points: values }));
    case 'vector':
      return result.result.flatMap(({ metric, value }) => (value === undefined ? [] : [{ metric, points: [value] }]));
    case 'scalar':
      return [{ metric: {}, points: [result.result] }];
    case 'string':
      return [];
  }
}

export interface SeriesBounds {
  readonly series: number;
  readonly points: number;
}

export function seriesFrom(query: string, { data, warnings }: QueryAnswer, bounds: SeriesBounds): SeriesAnswer {
  const all = rows(data);
  const labels = labelReader();
  const series = all.slice(0, bounds.series).map(({ metric, points }): Series => ({
    query,
    labels: labels(metric),
    points: points.slice(-bounds.points).map(point),
  }));
  const cut = all.length > bounds.series || all.some(({ points }) => points.length > bounds.points);
  return { series, cut, warnings: warnings.slice(0, 10).map((text) => keptText(text, 300)) };
}

/** In Alertmanager's form; those that are only pending are left out. */
export function firingFrom({ data }: AlertsAnswer, most: number): readonly Alert[] {
  const labels = labelReader();
  return data.alerts
    .filter(({ state }) => state === 'firing')
    .slice(0, most)
    .map(({ labels: named, annotations, activeAt }) => ({
      labels: labels(named),
      annotations: Object.fromEntries(
        Object.entries(annotations)
          .slice(0, 20)
          .map(([name, text]): [string, string] => [keptText(name, 128), keptText(text, 1_000)]),
      ),
      startsAt: activeAt,
      endsAt: '',
      status: { state: 'active' },
    }));
}
