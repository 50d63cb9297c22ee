import { refKey } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { workloadRef } from './labelled-object.ts';
import { withoutPageCache } from './memory-use.ts';
import { classOf, isSuccessRate } from './metric-class.ts';
import type { MetricClass } from './metric-class.ts';
import { metricName } from './metric-name.ts';
import { eventsOf, pointsOf } from './series-values.ts';
import type { Points } from './series-values.ts';
import { familyMeasures } from './family.ts';
import type { Family } from './family.ts';
import type { Found, Measure } from './measure.ts';
import { measuredObject } from './measured-object.ts';
import type { Measured } from './measured-object.ts';
import { partOf } from './series-part.ts';
import { unitOf } from './unit.ts';

/** A mesh tells each request twice. What the caller saw holds the way there, too. */
function oneSide(families: readonly (Family & { readonly reporter: string })[]): readonly Family[] {
  const seenBySource = new Set(
    families.filter((f) => f.reporter === 'source').map((f) => `${refKey(f.object)}|${f.base}`),
  );
  return families.filter((f) => f.reporter === 'source' || !seenBySource.has(`${refKey(f.object)}|${f.base}`));
}

interface Member extends Measured {
  readonly part: ReturnType<typeof partOf>;
}

function familiesOf(members: readonly Member[]): readonly Family[] {
  const groups = Map.groupBy(
    members,
    ({ object, series, part }) =>
      `${refKey(object)}|${part?.base ?? ''}|${series.labels['reporter'] ?? ''}|${part?.base === 'cfs' ? (series.labels['container'] ?? '') : ''}`,
  );
  return oneSide(
    [...groups.values()].flatMap((group) => {
      const [first] = group;
      return first === undefined
        ? []
        : [
            {
              object: first.object,
              base: first.part?.base ?? '',
              reporter: first.series.labels['reporter'] ?? '',
              members: group.map(({ series }) => series),
            },
          ];
    }),
  );
}

/** What is counted only once it happens: before its series begins there was none. */
const fromNothing: ReadonlySet<MetricClass> = new Set<MetricClass>(['errors', 'packet-loss', 'pressure']);

/** With noughts before it, where others were measured already. The series of a new pod began with the pod. */
function sinceBefore(points: Points, { object }: Measured, begins: number): Points {
  const [first, second] = points.times;
  if (object.kind === 'Pod' || first === undefined || second === undefined) return points;
  const step = second - first;
  const missing = Math.min(2000, Math.floor((first - begins) / step));
  if (!(step > 0) || missing < 1) return points;
  return {
    times: [...Array.from({ length: missing }, (_, i) => first - (missing - i) * step), ...points.times],
    values: [...Array.from({ length: missing }, () => 0), ...points.values],
  };
}

/** What went well as what failed: of a whole that is 1 or 100. */
function failuresLeft(measured: Measured): Found[] {
  const { object, series, read } = measured;
  const { times, values } = pointsOf(read);
  const whole = values.some((value) => value > 1.5) ? 100 : 1;
  const points = { times, values: values.map((value) => whole - value) };
  return values.length === 0
    ? []
    : [
        {
          kind: 'errors',
          unit: whole === 100 ? 'percent' : 'share',
          object,
          points,
          series,
          derived: 'what is left of the share that succeeds',
        },
      ];
}

function single(measured: Measured, begins: number): Found[] {
  const { object, series, read } = measured;
  if (isSuccessRate(read)) return failuresLeft(measured);
  const kind = classOf(read);
  const points = fromNothing.has(kind) ? sinceBefore(eventsOf(read), measured, begins) : pointsOf(read);
  if (kind === 'other' || points.values.length === 0) return [];
  return [
    {
      kind,
      unit: unitOf(
        read,
        kind,
        points.values.reduce((a, b) => Math.max(a, b), 0),
      ),
      object,
      points,
      series,
      derived: '',
    },
  ];
}

/** Where a series names nothing it still can be told what it is called. */
function nameless(series: Series): Measured {
  return {
    object: { apiVersion: '', kind: 'Metric', namespace: '', name: metricName(series).slice(0, 120), uid: '' },
    series,
    read: series,
  };
}

function readAll(snapshot: Snapshot): readonly Measure[] {
  const members = withoutPageCache(snapshot.series).map((series): Member => {
    const measured = measuredObject(snapshot, series) ?? nameless(series);
    return { ...measured, part: partOf(measured.read) };
  });
  const [parts, whole] = [
    members.filter(({ part }) => part !== undefined),
    members.filter(({ part }) => part === undefined),
  ];
  const begins = snapshot.series.reduce(
    (earliest, { points }) => Math.min(earliest, (points[0]?.[0] ?? Infinity) * 1000),
    Infinity,
  );
  const found = [
    ...familiesOf(parts).flatMap(familyMeasures),
    ...whole.flatMap((measured) => single(measured, begins)),
  ];
  return found.map((one) => ({ ...one, workload: workloadRef(snapshot, one.object) }));
}

const held = new WeakMap<Snapshot, readonly Measure[]>();

/** Everything that the series of a snapshot measure, each with its object; read once. */
export function measuresOf(snapshot: Snapshot): readonly Measure[] {
  let measures = held.get(snapshot);
  if (measures === undefined) held.set(snapshot, (measures = readAll(snapshot)));
  return measures;
}
