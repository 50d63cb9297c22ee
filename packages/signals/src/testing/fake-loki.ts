import { strictServer } from './strict-server.ts';
import type { Answer, Asked, StrictServer } from './strict-server.ts';

export interface FakeStream {
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds and text. */
  readonly lines: readonly (readonly [time: number, text: string])[];
}

interface Query {
  readonly selectors: readonly (readonly [name: string, value: string])[];
  readonly filter: RegExp | undefined;
}

const string = String.raw`"(?:[^"\\\n]|\\.)*"`;
const whole = new RegExp(String.raw`^\{(\w+=${string}(?:, ?\w+=${string})*)\}(?: \|~ (${string}))?$`);
const part = new RegExp(String.raw`(\w+)=(${string})`, 'g');

/** The subset of LogQL that is sent here, read by its grammar; undefined for everything else. */
function parse(text: string): Query | undefined {
  const found = whole.exec(text);
  if (found?.[1] === undefined) return undefined;
  const unquoted = (quoted: string): string => JSON.parse(quoted) as string;
  // `(?i)` is Go's way to write it.
  const filter = found[2] === undefined ? undefined : new RegExp(unquoted(found[2]).replace(/^\(\?i\)/, ''), 'i');
  return {
    filter,
    selectors: [...found[1].matchAll(part)].map(([, name = '', value = '""']) => [name, unquoted(value)] as const),
  };
}

function milliseconds(asked: Asked, name: string): number {
  const text = asked.query.get(name) ?? '';
  return /^\d{19}$/.test(text) ? Number(BigInt(text) / 1_000_000n) : Number.NaN;
}

/** As Loki answers: https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
export async function fakeLoki(streams: readonly FakeStream[]): Promise<StrictServer> {
  const range = (asked: Asked): Answer => {
    const query = parse(asked.query.get('query') ?? '');
    const [start, end, limit] = [
      milliseconds(asked, 'start'),
      milliseconds(asked, 'end'),
      Number(asked.query.get('limit')),
    ];
    if (query === undefined) return { status: 400, body: 'parse error at line 1, col 1: syntax error' };
    if (!(end >= start) || !(limit > 0) || limit > 5_000 || asked.query.get('direction') !== 'backward') {
      return { status: 400, body: 'max entries limit per query exceeded, or a time that is none' };
    }
    const found = streams
      .filter(({ labels }) => query.selectors.every(([name, value]) => labels[name] === value))
      .flatMap(({ labels, lines }) =>
        lines
          .filter(([time, text]) => time >= start && time < end && query.filter?.test(text) !== false)
          .map(([time, text]) => ({ labels, time, text })),
      )
      .toSorted((a, b) => b.time - a.time)
      .slice(0, limit);
    const result = [...new Set(found.map(({ labels }) => labels))].map((stream) => ({
      stream,
      values: found.filter(({ labels }) => labels === stream).map(({ time, text }) => [`${time}000000`, text]),
    }));
    return { status: 200, body: { status: 'success', data: { resultType: 'streams', result, stats: {} } } };
  };
  const labels = (): Answer => ({
    status: 200,
    body: { status: 'success', data: [...new Set(streams.flatMap((stream) => Object.keys(stream.labels)))] },
  });
  return await strictServer([
    {
      method: 'GET',
      path: /^\/loki\/api\/v1\/query_range$/,
      parameters: ['query', 'start', 'end', 'limit', 'direction'],
      answer: range,
    },
    { method: 'GET', path: /^\/loki\/api\/v1\/labels$/, parameters: ['start', 'end'], answer: labels },
  ]);
}
