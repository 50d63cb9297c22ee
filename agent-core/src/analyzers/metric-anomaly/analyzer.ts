import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because, Finding } from '@autodevops/domain/finding';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromSeries, seriesText } from '../../evidence/metric-evidence.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { measuresOf } from '../../reading/measures/measures.ts';
import type { Rise } from '../../reading/measures/rise.ts';
import { shown } from '../../reading/measures/unit.ts';
import type { Analyzer } from '../analyzer.ts';
import { explaining } from './because.ts';
import { codeOf, wordsFor } from './code-of.ts';
import {
  collectorBusy,
  connectionsRose,
  contentionRose,
  cpuRose,
  cpuThrottled,
  diskRose,
  errorsPrevail,
  errorsRose,
  latencyRose,
  memoryRose,
  networkLosses,
  networkTraffic,
  peerStandsOut,
  restartsRepeat,
  saturationRose,
  storePressure,
} from './codes.ts';
import { checkPeers } from './peers.ts';
import { checkPrevailing } from './prevailing.ts';
import { checkRestarts } from './restarts.ts';
import { risesOf } from './rises.ts';
import type { Rises } from './rises.ts';
import { surgeOf } from './surge.ts';

/** Less of a delay nobody feels who waits for it himself: it matters where a caller adds it up. */
const feltDelay = { seconds: 0.05, milliseconds: 50 } as const;

function isSlight({ measure: { kind, unit }, before, after }: Rise): boolean {
  return kind === 'latency' && (unit === 'seconds' || unit === 'milliseconds') && after - before < feltDelay[unit];
}

function numbersOf({ measure, before, after }: Rise): Evidence {
  const derived = measure.derived === '' ? '' : `${measure.derived} `;
  return fromSeries(
    measure.series,
    measure.object,
    `${derived}${shown(before, measure.unit)} → ${shown(after, measure.unit)}`,
  );
}

const mostAlong = 3;

/** What else rose of the same workload, each kind once: one cause with all its numbers. */
function alongWith(rise: Rise, rises: Rises): readonly Evidence[] {
  const others = rises.of(rise.measure.workload).filter(({ measure }) => measure.kind !== rise.measure.kind);
  return distinctBy(
    others.toSorted((a, b) => b.doublings - a.doublings),
    ({ measure }) => measure.kind,
  )
    .slice(0, mostAlong)
    .map(numbersOf);
}

function riseFinding(rise: Rise, rises: Rises, because: readonly Because[], surge: string): Finding[] {
  const { measure, before, after } = rise;
  const { object, series, unit } = measure;
  const code = codeOf(measure.kind);
  if (code === undefined) return [];
  const [from, to] = [shown(before, unit), shown(after, unit)];
  return [
    finding(code, {
      object,
      severity: isSlight(rise) ? 'info' : code.severity,
      confidence: 'medium',
      cause: `The ${wordsFor(measure)} of ${refText(object)} rose from ${from} to ${to} and has stayed there${surge}.`,
      since: new Date(rises.leading(rise) === rise ? rises.began(rise) : rise.since).toISOString(),
      evidence: [numbersOf(rise), ...(rises.leading(rise) === rise ? alongWith(rise, rises) : [])],
      because,
      generic: true,
      facet: object.kind === 'Metric' ? seriesText(series) : '',
    }),
  ];
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return distinctBy(findings, (f) => `${f.code}|${refText(f.object)}|${f.facet}`);
}

function analyze(snapshot: Snapshot): readonly Finding[] {
  const measures = measuresOf(snapshot);
  const rises = risesOf(snapshot, measures);
  const because = explaining(snapshot, rises);
  const risen = rises.all
    .toSorted((a, b) => b.doublings - a.doublings)
    .flatMap((rise) => riseFinding(rise, rises, because(rise), surgeOf(measures, rise)));
  const restarts = measures
    .filter(({ kind }) => kind === 'restarts')
    .flatMap((measure) => checkRestarts(snapshot, measure));
  return distinct([
    ...risen,
    ...checkPrevailing(snapshot, measures, rises),
    ...restarts,
    ...checkPeers(snapshot, measures),
  ]);
}

/** What stands out against its own past or against its peers. */
export const metricAnomaly: Analyzer = {
  name: 'metric-anomaly',
  codes: [
    errorsRose,
    errorsPrevail,
    latencyRose,
    cpuRose,
    cpuThrottled,
    contentionRose,
    memoryRose,
    collectorBusy,
    saturationRose,
    connectionsRose,
    diskRose,
    networkLosses,
    networkTraffic,
    storePressure,
    restartsRepeat,
    peerStandsOut,
  ],
  analyze,
};
