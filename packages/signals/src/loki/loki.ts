import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LogLine, Logs, SignalCarrier, SignalOptions, TimeRange } from '@autodevops/domain/ports/signals';
import { keptText, labelReader } from '../carrying/foreign-labels.ts';
import { readJson, usualDeadline } from '../carrying/read-json.ts';
import { logQl } from './logql.ts';

export interface LokiChoice {
  readonly carrier: SignalCarrier;
  /** In milliseconds, for one request. */
  readonly deadline?: number;
}

const mostLines = 2_000;
const longestLine = 4_000;

/** https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time */
const LinesAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('streams'),
    // A line may have a third part, its own metadata.
    result: z.array(
      z.object({
        stream: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.string().regex(/^\d{1,19}$/), z.string()], z.unknown())),
      }),
    ),
  }),
});
/** `data` is absent where there are no streams. */
const LabelsAnswer = z.object({ status: z.literal('success'), data: z.array(z.string()).default([]) });

/** Nanoseconds since the epoch. */
function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds)}000000`;
}

function timeOf(nanoseconds: string): string {
  return new Date(Number(BigInt(nanoseconds) / 1_000_000n)).toISOString();
}

function linesFrom({ data }: z.infer<typeof LinesAnswer>): readonly LogLine[] {
  const labels = labelReader();
  const found = data.result.flatMap(({ stream, values }) => {
    const kept = labels(stream);
    return values.map(([at, text]) => ({
      at: BigInt(at),
      line: { time: timeOf(at), labels: kept, text: keptText(text, longestLine) },
    }));
  });
  return found.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ line }) => line);
}

function bounds({ start, end }: TimeRange): readonly (readonly [string, string])[] {
  if (!(end >= start)) throw new AutoDevOpsError('usage', 'A range ends after it starts.', 'Correct start and end.');
  return [
    ['start', nanoseconds(start)],
    ['end', nanoseconds(end)],
  ];
}

/** The log lines of one Loki. */
export function loki({ carrier, deadline = usualDeadline }: LokiChoice): Logs {
  const bounded = (options: SignalOptions): Required<SignalOptions> => ({ deadline, ...options });
  return {
    get source() {
      return `Loki at ${carrier.address}`;
    },
    labels: async (range, options) => {
      const { data } = await readJson(
        carrier,
        { path: '/loki/api/v1/labels', query: bounds(range) },
        LabelsAnswer,
        bounded(options),
      );
      return data.slice(0, 500).map((name) => keptText(name, 128));
    },
    search: async (search, options) => {
      const limit = Math.min(mostLines, Math.max(1, Math.floor(search.lines)));
      const query = [
        ['query', logQl(search)],
        ...bounds(search.range),
        ['limit', String(limit)],
        ['direction', 'backward'],
      ] as const;
      const lines = linesFrom(
        await readJson(carrier, { path: '/loki/api/v1/query_range', query }, LinesAnswer, bounded(options)),
      );
      return { lines: lines.slice(-limit), cut: lines.length >= limit };
    },
  };
}
