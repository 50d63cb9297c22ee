/** Where a metric is looked for: labels that name pods, claims, nodes or Services, names alone by which traces know programs, or the whole cluster. */
export type MetricScope = 'pods' | 'claims' | 'nodes' | 'services' | 'names' | 'cluster';

/** One way to ask; the first whose metric is there is taken. */
export interface MetricChoice {
  readonly metric: string;
  /** Who exports it, for people. */
  readonly exporter: string;
  /** PromQL over series with these labels: `namespace="shop",pod=~"web-.*"`; of names a pattern in quotation marks, `"web|cart"`. */
  readonly query: (labels: string) => string;
}

/** What may be asked of metrics, and of which causes it is asked. */
export interface MetricQuestion {
  readonly name: string;
  /** In a sentence: "memory in use: 120 MiB → 500 MiB". */
  readonly says: string;
  readonly unit: 'bytes' | 'cores' | 'seconds' | 'share' | 'per second' | 'count';
  /** What of it is compared: how high it is, how high it gets, or how much it has grown. */
  readonly looks: 'level' | 'peak' | 'growth';
  readonly scope: MetricScope;
  readonly choices: readonly MetricChoice[];
  /** Codes of the catalogue, or beginnings of several: `pod.crash.`. A test sees to it that each exists. */
  readonly codes: readonly string[];
  /** Asked of everything in scope too, whatever was found: how users are served, and what runs out. */
  readonly standing?: true;
}

export const exporters = { application: 'the program itself', nodes: 'node_exporter' } as const;

export const byPod = 'by (namespace, pod)';
