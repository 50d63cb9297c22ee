import { strictServer } from './strict-server.ts';
import type { Answer, Asked, StrictServer } from './strict-server.ts';

/** What a fake Prometheus has: by query, the labels of each series and its value at a moment (seconds). */
export interface FakeMetric {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: (time: number) => number;
}

export interface FakePrometheusChoice {
  readonly metrics: Readonly<Record<string, readonly FakeMetric[]>>;
  readonly alerts?: readonly object[];
  /** In seconds: how long ago the first point is. */
  readonly keeps?: number;
  readonly now: () => number;
}

const query = ['query', 'timeout', 'limit'];

function refused(error: string): Answer {
  return { status: 400, body: { status: 'error', errorType: 'bad_data', error } };
}

/** What every PromQL parser refuses; the rest is looked up. */
function unbalanced(text: string): boolean {
  return text.split('(').length !== text.split(')').length || text.split('{').length !== text.split('}').length;
}

function number(asked: Asked, name: string): number {
  return Number(asked.query.get(name) ?? Number.NaN);
}

function shown(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value === Infinity ? '+Inf' : String(value);
}

/** As Prometheus 2.42 answers: https://github.com/prometheus/prometheus/blob/v2.42.0/web/api/v1/api.go */
export async function fakePrometheus({
  metrics,
  alerts = [],
  keeps = 86_400,
  now,
}: FakePrometheusChoice): Promise<StrictServer> {
  const found = (text: string): readonly FakeMetric[] => metrics[text] ?? [];
  const instant = (asked: Asked): Answer => {
    const [text, time] = [asked.query.get('query') ?? '', number(asked, 'time')];
    if (text === '' || unbalanced(text)) {
      return refused('invalid parameter "query": 1:6: parse error: unclosed left parenthesis');
    }
    if (!Number.isFinite(time)) return refused('invalid parameter "time"');
    return {
      status: 200,
      body: {
        status: 'success',
        data: {
          resultType: 'vector',
          result: found(text)
            .slice(0, number(asked, 'limit') || undefined)
            .map(({ labels, value }) => ({ metric: labels, value: [time, shown(value(time))] })),
        },
      },
    };
  };
  const range = (asked: Asked): Answer => {
    const [text, start, end, step] = [
      asked.query.get('query') ?? '',
      number(asked, 'start'),
      number(asked, 'end'),
      number(asked, 'step'),
    ];
    if (!(end >= start)) return refused('invalid parameter "end": end timestamp must not be before start time');
    if (!(step > 0)) {
      return refused(
        'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
      );
    }
    if ((end - start) / step > 11_000) {
      return refused(
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      );
    }
    if (unbalanced(text)) return refused('invalid parameter "query": 1:6: parse error: unclosed left parenthesis');
    const times = Array.from(
      { length: Math.floor((end - start) / step) + 1 },
      (_, index) => start + index * step,
    ).filter((time) => time * 1000 >= now() - keeps * 1000);
    return {
      status: 200,
      body: {
        status: 'success',
        data: {
          resultType: 'matrix',
          result: found(text).map(({ labels, value }) => ({
            metric: labels,
            values: times.map((time) => [time, shown(value(time))]),
          })),
        },
      },
    };
  };
  const metadata = (asked: Asked): Answer => {
    const names = Object.keys(metrics).filter(
      (name) => /^[a-z_]+$/.test(name) && (asked.query.get('metric') ?? name) === name,
    );
    return {
      status: 200,
      body: {
        status: 'success',
        data: Object.fromEntries(names.map((name) => [name, [{ type: 'gauge', help: `About ${name}.`, unit: '' }]])),
      },
    };
  };
  return await strictServer([
    { method: 'GET', path: /^\/api\/v1\/query$/, parameters: [...query, 'time'], answer: instant },
    { method: 'GET', path: /^\/api\/v1\/query_range$/, parameters: [...query, 'start', 'end', 'step'], answer: range },
    { method: 'GET', path: /^\/api\/v1\/metadata$/, parameters: ['metric', 'limit'], answer: metadata },
    {
      method: 'GET',
      path: /^\/api\/v1\/alerts$/,
      parameters: [],
      answer: () => ({ status: 200, body: { status: 'success', data: { alerts } } }),
    },
  ]);
}
