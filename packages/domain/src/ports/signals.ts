import type { SilenceMatcher } from '../change/silence-matcher.ts';
import type { Alert, Series } from '../signal.ts';

/**
 * Monitoring beside the cluster. Every method throws `AutoDevOpsError`s of `signals.*` only (and `interrupted`), within
 * its deadline. Texts that come from there are cut, redacted and printable before anybody sees them; they stay foreign.
 */
export interface SignalOptions {
  readonly signal: AbortSignal;
  /** In milliseconds; what the source was made with when absent. */
  readonly deadline?: number;
}

/** Moments in milliseconds since the epoch. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

export interface SteppedRange extends TimeRange {
  /** In milliseconds between two points; made longer where a series would have too many. */
  readonly step: number;
}

/** `cut`: there were more series, points or lines than are told. */
export interface SeriesAnswer {
  readonly series: readonly Series[];
  readonly cut: boolean;
  /** What the source itself says is off with its answer. */
  readonly warnings: readonly string[];
}

/** What a source knows of a metric. */
export interface MetricFacts {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

/** Prometheus, or what speaks its HTTP API: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export interface Metrics {
  /** For people, without credentials: `Prometheus at https://prometheus.example`. */
  readonly source: string;
  /** One point of each series that the query (PromQL) gives at that moment. */
  readonly instant: (query: string, at: number, options: SignalOptions) => Promise<SeriesAnswer>;
  readonly range: (query: string, range: SteppedRange, options: SignalOptions) => Promise<SeriesAnswer>;
  /** Of one metric, or of those that are scraped now, at most some hundreds. */
  readonly metadata: (metric: string | undefined, options: SignalOptions) => Promise<readonly MetricFacts[]>;
  /** Alerts that fire by its own rules, whether or not anybody is told. */
  readonly firing: (options: SignalOptions) => Promise<readonly Alert[]>;
}

export interface Silence {
  readonly id: string;
  readonly matchers: readonly SilenceMatcher[];
  /** ISO times. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly state: 'active' | 'pending' | 'expired';
}

export type NewSilence = Pick<Silence, 'matchers' | 'startsAt' | 'endsAt' | 'createdBy' | 'comment'>;

/** Alertmanager's API v2: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export interface Alerts {
  readonly source: string;
  /** Alerts that it holds, silenced and inhibited ones too: their state says so. */
  readonly alerts: (options: SignalOptions) => Promise<readonly Alert[]>;
  readonly silences: (options: SignalOptions) => Promise<readonly Silence[]>;
  /** The silence's id. Once it was sent and no answer came nobody knows whether it was made: then `signals.no-answer`. */
  readonly silence: (silence: NewSilence, options: SignalOptions) => Promise<string>;
  /** One that has ended already stays ended. */
  readonly expire: (id: string, options: SignalOptions) => Promise<void>;
}

/** Lines of streams that have all of these labels. */
export interface LogSearch {
  /** At least one. */
  readonly labels: Readonly<Record<string, string>>;
  /** Lines that hold one of these, in upper or lower case; all lines when empty. */
  readonly words: readonly string[];
  readonly range: TimeRange;
  /** Most lines; the newest of them are given. */
  readonly lines: number;
}

export interface LogLine {
  /** ISO. */
  readonly time: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Loki: https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
export interface Logs {
  readonly source: string;
  /** Names of labels that streams of that time have. */
  readonly labels: (range: TimeRange, options: SignalOptions) => Promise<readonly string[]>;
  /** Oldest first. */
  readonly search: (
    search: LogSearch,
    options: SignalOptions,
  ) => Promise<{ readonly lines: readonly LogLine[]; readonly cut: boolean }>;
}

/** Where something is shown: one panel of a dashboard, or the whole of it. */
export interface PanelPlace {
  /** A dashboard's uid. */
  readonly dashboard: string;
  readonly panel?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** `now`: whenever one looks. */
  readonly range: { readonly start: number; readonly end: number | 'now' };
}

export interface Annotation {
  readonly id: number;
  readonly time: number;
  readonly text: string;
  readonly tags: readonly string[];
}

/** Grafana: https://grafana.com/docs/grafana/latest/developers/http_api/ */
export interface Panels {
  readonly source: string;
  /** Where people see it, by their browser. */
  readonly link: (place: PanelPlace) => string;
  /** Where people ask a data source with a query of their own. */
  readonly exploreLink: (datasource: string, query: string, range: TimeRange) => string;
  readonly annotations: (
    range: TimeRange,
    tags: readonly string[],
    options: SignalOptions,
  ) => Promise<readonly Annotation[]>;
  readonly annotate: (note: Omit<Annotation, 'id'>, options: SignalOptions) => Promise<number>;
  /** A PNG; undefined where no renderer is installed. */
  readonly picture: (
    place: PanelPlace & { readonly panel: number },
    size: { readonly width: number; readonly height: number },
    options: SignalOptions,
  ) => Promise<Uint8Array | undefined>;
}

/** What of monitoring is configured. */
export interface SignalSources {
  readonly metrics?: Metrics;
  readonly alerts?: Pick<Alerts, 'source' | 'alerts'>;
  readonly logs?: Logs;
  /** Where people see a query of metrics drawn. */
  readonly page?: (query: string, range: TimeRange) => string;
  /** In milliseconds: how long they may hold an answer up, all together. */
  readonly within?: number;
}

export interface SignalRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Begins with a slash; of the source's own API. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Becomes JSON. */
  readonly json?: unknown;
  /** Bytes that the answer may have. */
  readonly largest: number;
}

export interface SignalAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * Carries requests to one source: by HTTP of its own, or through the cluster's API server. Redirects are not followed. An
 * answer of any status is an answer; what cannot be had at all throws `signals.*`.
 */
export interface SignalCarrier {
  /** For people, without credentials. */
  readonly address: string;
  readonly send: (request: SignalRequest, options: Required<SignalOptions>) => Promise<SignalAnswer>;
}
