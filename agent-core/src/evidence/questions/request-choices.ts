import { byPod, exporters } from './metric-question.ts';
import type { MetricChoice } from './metric-question.ts';

/** Series of one kind of request: of whom, who says so, and which of them failed. */
export interface Counted {
  readonly exporter?: string;
  /** Of whom one answer is: labels that are kept. */
  readonly by?: string;
  /** Besides the labels of what is asked about. */
  readonly among?: string;
}

const served = ({ exporter = exporters.application, by = byPod, among = '' }: Counted = {}): Required<Counted> => ({
  exporter,
  by,
  among,
});

/** A rate of all that the labels select. */
export function rate(metric: string, counted?: Counted): MetricChoice {
  const { exporter, by, among } = served(counted);
  return { metric, exporter, query: (labels) => `sum ${by} (rate(${metric}{${labels}${among}}[5m]))` };
}

/** Where nothing fails there is no series of failures: it is nought, not unknown. What failed stands in one label or another. */
export function errorShare(metric: string, failing: readonly string[], counted?: Counted): MetricChoice {
  const { exporter, by, among } = served(counted);
  return {
    metric,
    exporter,
    query: (labels) => {
      const all = `sum ${by} (rate(${metric}{${labels}${among}}[5m]))`;
      const failed = failing.map((label) => `rate(${metric}{${labels}${among},${label}}[5m])`).join(' or ');
      return `(sum ${by} (${failed}) or 0 * ${all}) / ${all}`;
    },
  };
}

export function latency(metric: string, counted?: Counted): MetricChoice {
  const { exporter, by, among } = served(counted);
  return {
    metric,
    exporter,
    query: (labels) =>
      `histogram_quantile(0.95, sum ${by.replace('(', '(le, ')} (rate(${metric}{${labels}${among}}[5m])))`,
  };
}

/** Of a summary, or a histogram whose buckets nobody keeps. */
export function meanLatency(base: string): MetricChoice {
  const sum =
    (part: string) =>
    (labels: string): string =>
      `sum ${byPod} (rate(${base}_${part}{${labels}}[5m]))`;
  return {
    metric: `${base}_sum`,
    exporter: exporters.application,
    query: (labels) => `${sum('sum')(labels)} / ${sum('count')(labels)}`,
  };
}

export function inSeconds(choice: MetricChoice): MetricChoice {
  return { ...choice, query: (labels) => `${choice.query(labels)} / 1000` };
}
