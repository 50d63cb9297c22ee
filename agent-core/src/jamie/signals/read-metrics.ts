import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Metrics, SeriesAnswer, SteppedRange } from '@autodevops/domain/ports/signals';
import { remedyIn } from '@autodevops/domain/remedy/remedy';
import type { Series } from '@autodevops/domain/signal';
import type { MetricQuery } from '../../evidence/metric-queries.ts';
import { nameList } from '../../reading/name-list.ts';
import { promLiterally, promText } from '../../reading/measures/promql-text.ts';
import type { SignalWants } from './signal-wants.ts';

/** In milliseconds, until when everything has to be there. */
export interface Until {
  readonly signal: AbortSignal;
  readonly left: () => number;
}

export interface ReadMetrics {
  readonly series: readonly Series[];
  readonly blindSpots: readonly BlindSpot[];
}

const atOnce = 4;

/** A source that did not answer, in its own words; an error of our own is no reason to give no answer at all. Throws when the caller ended it. */
export function deadSource(source: string, error: unknown): BlindSpot {
  if (error instanceof AutoDevOpsError && error.code === 'interrupted') throw error;
  if (error instanceof AutoDevOpsError) return { what: source, why: error.message, ...remedyIn(error) };
  const why = error instanceof Error ? error.message : 'unknown';
  return {
    what: source,
    why: `Asking it failed in a way that is not foreseen (${why.slice(0, 120)}).`,
    remedy: 'Report it; the rest of the answer is not affected.',
  };
}

function matcher(metrics: readonly string[]): string {
  return `{__name__=~${promText(metrics.map(promLiterally).join('|'))}}`;
}

/** Which of these metrics have any series now. One request, whatever the number of queries. */
async function present(
  metrics: Metrics,
  names: readonly string[],
  at: number,
  { signal, left }: Until,
): Promise<ReadonlySet<string>> {
  const { series } = await metrics.instant(`count by (__name__) (${matcher(names)})`, at, { signal, deadline: left() });
  return new Set(series.flatMap(({ labels }) => labels['__name__'] ?? []));
}

function lacking({ question: { says }, ways }: MetricQuery, source: string): BlindSpot {
  const names = nameList(
    ways.map(({ metric }) => metric),
    4,
  );
  const exporters = nameList([...new Set(ways.map(({ exporter }) => exporter))], 3);
  return {
    what: `metrics: ${says}`,
    why: `${source} has no series of ${names}.`,
    remedy: `Let it scrape ${exporters}, where that exports ${ways.length > 1 ? 'one of them' : 'it'}.`,
  };
}

interface Asked {
  readonly answers: readonly SeriesAnswer[];
  readonly failure: unknown;
}

/** Failures of one query, after which others may still be answered. */
const ofOneQuery: readonly string[] = ['signals.refused', 'signals.too-large', 'usage'];

function isOfOneQuery(error: unknown): boolean {
  return error instanceof AutoDevOpsError && ofOneQuery.includes(error.code);
}

/** A few at once; once the source itself fails the rest is left, because one that is overloaded is not helped by more. */
async function askAll(
  metrics: Metrics,
  texts: readonly string[],
  range: SteppedRange,
  { signal, left }: Until,
): Promise<Asked> {
  const answers: SeriesAnswer[] = [];
  let failure: unknown;
  const queue = [...texts];
  const work = async (): Promise<void> => {
    for (
      let text = queue.shift();
      text !== undefined && (failure === undefined || isOfOneQuery(failure));
      text = queue.shift()
    ) {
      try {
        answers.push(await metrics.range(text, range, { signal, deadline: left() }));
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { answers, failure };
}

/** The series that were wanted, and what could not be had, with the reason. Throws only when the caller's signal ends it. */
export async function readMetrics(
  metrics: Metrics,
  { queries, range }: SignalWants,
  until: Until,
): Promise<ReadMetrics> {
  if (queries.length === 0) return { series: [], blindSpots: [] };
  try {
    const names = [...new Set(queries.flatMap(({ ways }) => ways.map(({ metric }) => metric)))];
    const there = await present(metrics, names, range.end, until);
    const taken = queries.map((query) => ({ query, way: query.ways.find(({ metric }) => there.has(metric)) }));
    const texts = [...new Set(taken.flatMap(({ way }) => way?.text ?? []))];
    const { answers, failure } = await askAll(metrics, texts, range, until);
    const lacks = new Map(
      taken.flatMap(({ query, way }) =>
        way === undefined && !('standing' in query)
          ? [[query.question.name, lacking(query, metrics.source)] as const]
          : [],
      ),
    );
    const cut = answers.some((answer) => answer.cut)
      ? [
          {
            what: `some series of ${metrics.source}`,
            why: 'There are more of them than are read.',
            remedy: 'Look at a namespace or an object alone.',
          },
        ]
      : [];
    const dead = failure === undefined ? [] : [deadSource(metrics.source, failure)];
    return {
      series: answers.flatMap(({ series }) => series).filter(({ points }) => points.length > 0),
      blindSpots: [...lacks.values(), ...cut, ...dead],
    };
  } catch (error) {
    return { series: [], blindSpots: [deadSource(metrics.source, error)] };
  }
}
