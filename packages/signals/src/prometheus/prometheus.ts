import { AutoDevOpsError } from '@autodevops/domain/errors';
import type {
  Metrics,
  SeriesAnswer,
  SignalCarrier,
  SignalOptions,
  SteppedRange,
} from '@autodevops/domain/ports/signals';
import { keptText } from '../carrying/foreign-labels.ts';
import { readJson, usualDeadline } from '../carrying/read-json.ts';
import { AlertsAnswer, firingFrom, MetadataAnswer, QueryAnswer, saidByPrometheus, seriesFrom } from './answer.ts';
import type { SeriesBounds } from './answer.ts';

export interface PrometheusChoice {
  readonly carrier: SignalCarrier;
  /** In milliseconds, for one request. */
  readonly deadline?: number;
  readonly bounds?: Partial<SeriesBounds>;
}

/** Prometheus itself refuses a range with more than 11,000 points in a series. */
const usualBounds: SeriesBounds = { series: 500, points: 1_000 };
const mostMetadata = 500;
const mostAlerts = 2_000;
/** In characters: longer ones do not fit into what servers take for an address. */
const longestQuery = 6_000;

function checked(query: string): string {
  if (query.trim() !== '' && query.length <= longestQuery) return query;
  throw new AutoDevOpsError('usage', `A query has 1 to ${longestQuery} characters.`, 'Ask for less at once.');
}

/** In whole seconds, at least one, so that no series has more points than the bounds say. */
export function stepOf({ start, end, step }: SteppedRange, mostPoints: number): number {
  const seconds = (end - start) / 1000;
  if (!(seconds >= 0) || !(step > 0)) {
    throw new AutoDevOpsError(
      'usage',
      'A range ends after it starts, and goes on in steps.',
      'Correct start, end and step.',
    );
  }
  return Math.max(1, Math.ceil(step / 1000), Math.ceil(seconds / Math.max(1, mostPoints - 1)));
}

function seconds(milliseconds: number): string {
  return String(Math.round(milliseconds) / 1000);
}

/** Prometheus, Thanos, Mimir, VictoriaMetrics: whatever speaks Prometheus' HTTP API. */
export function prometheus({ carrier, deadline = usualDeadline, bounds }: PrometheusChoice): Metrics {
  const within: SeriesBounds = { ...usualBounds, ...bounds };
  const bounded = (options: SignalOptions): Required<SignalOptions> => ({ deadline, ...options });
  const query = async (
    path: string,
    text: string,
    parameters: readonly (readonly [string, string])[],
    options: SignalOptions,
  ): Promise<SeriesAnswer> => {
    const asked = bounded(options);
    // The server gives up a little before we do, so that it says why; older ones know no limit, and ours holds.
    const timeout = `${Math.max(100, Math.floor(asked.deadline * 0.9))}ms`;
    const answer = await readJson(
      carrier,
      {
        path,
        query: [['query', checked(text)], ...parameters, ['timeout', timeout], ['limit', String(within.series + 1)]],
      },
      QueryAnswer,
      asked,
      saidByPrometheus,
    );
    return seriesFrom(text, answer, within);
  };
  return {
    get source() {
      return `Prometheus at ${carrier.address}`;
    },
    instant: async (text, at, options) => await query('/api/v1/query', text, [['time', seconds(at)]], options),
    range: async (text, range, options) =>
      await query(
        '/api/v1/query_range',
        text,
        [
          ['start', seconds(range.start)],
          ['end', seconds(range.end)],
          ['step', String(stepOf(range, within.points))],
        ],
        options,
      ),
    metadata: async (metric, options) => {
      const parameters: readonly (readonly [string, string])[] =
        metric === undefined
          ? [['limit', String(mostMetadata)]]
          : [
              ['metric', metric],
              ['limit', '1'],
            ];
      const { data } = await readJson(
        carrier,
        { path: '/api/v1/metadata', query: parameters },
        MetadataAnswer,
        bounded(options),
        saidByPrometheus,
      );
      return Object.entries(data)
        .slice(0, mostMetadata)
        .flatMap(([name, [first]]) =>
          first === undefined
            ? []
            : [
                {
                  name: keptText(name, 200),
                  type: keptText(first.type, 30),
                  help: keptText(first.help, 500),
                  unit: keptText(first.unit, 60),
                },
              ],
        );
    },
    firing: async (options) =>
      firingFrom(
        await readJson(carrier, { path: '/api/v1/alerts' }, AlertsAnswer, bounded(options), saidByPrometheus),
        mostAlerts,
      ),
  };
}
