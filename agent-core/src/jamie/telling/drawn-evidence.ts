import type { Cause, Diagnosis, Drawing, Evidence } from '@autodevops/domain/diagnosis';
import type { SignalSources } from '@autodevops/domain/ports/signals';
import { oneLine } from '@autodevops/domain/printable';
import type { Series } from '@autodevops/domain/signal';

type Page = SignalSources['page'];

/** Around the moment that a metric is quoted of, in milliseconds. */
const around = 60 * 60_000;
/** As many as people can tell apart, and as surfaces draw. */
const mostLines = 12;
const mostPoints = 20;

/** At most so many of them, the first and the last among them. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, place) => items[Math.round((place * (items.length - 1)) / (most - 1))] as T);
}

function lineOf({ labels, points }: Series): Drawing['lines'][number] {
  const told = Object.entries(labels)
    .filter(([name]) => name === 'pod' || name === 'container' || name === 'node' || name === 'persistentvolumeclaim')
    .map(([, value]) => value);
  const known = points.filter(([time, value]) => Number.isFinite(time) && Number.isFinite(value));
  return {
    name: oneLine(told.join(' '), 100),
    points: spread(known, mostPoints).map(([time, value]) => [Math.round(time * 1000), value]),
  };
}

function drawingOf(series: readonly Series[]): Drawing | undefined {
  const lines = series
    .slice(0, mostLines)
    .map(lineOf)
    .filter(({ points }) => points.length > 1);
  return lines.length === 0 ? undefined : { lines };
}

function linkOf(path: string, time: string, page: NonNullable<Page>, now: number): string {
  const moment = Date.parse(time);
  const middle = Number.isNaN(moment) ? now : moment;
  return page(path, { start: middle - around, end: Math.min(now, middle + around) });
}

/** The same, in which what metrics say can be drawn, and leads to where people see it. */
export function withDrawings(diagnosis: Diagnosis, series: readonly Series[], page: Page): Diagnosis {
  if (series.length === 0) return diagnosis;
  const now = Date.parse(diagnosis.observed.capturedAt);
  const byQuery = Map.groupBy(series, ({ query }) => query);
  const drawn = (evidence: Evidence): Evidence => {
    const { source, path, time } = evidence;
    const own = source === 'metric' && path !== undefined ? byQuery.get(path) : undefined;
    if (own === undefined || path === undefined) return evidence;
    const drawing = drawingOf(own);
    return {
      ...evidence,
      ...(drawing === undefined ? {} : { drawing }),
      ...(page === undefined ? {} : { link: linkOf(path, time, page, now) }),
    };
  };
  const of = (causes: readonly Cause[]): Cause[] =>
    causes.map((cause) => ({ ...cause, evidence: cause.evidence.map(drawn) }));
  return { ...diagnosis, causes: of(diagnosis.causes), information: of(diagnosis.information) };
}
