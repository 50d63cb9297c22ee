import { counted } from '@autodevops/domain/count-words';
import type { Cause } from '@autodevops/domain/diagnosis';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { callsKnown } from '../../../reading/network/calls-known.ts';
import { distinctBy } from '../../../reading/distinct-by.ts';
import type { Measure } from '../../../reading/measures/measure.ts';
import { measuresOf } from '../../../reading/measures/measures.ts';
import { presentLevel } from '../../../reading/measures/present-level.ts';
import { riseOf } from '../../../reading/measures/rise.ts';
import { shown } from '../../../reading/measures/unit.ts';
import type { MetricClass } from '../../../reading/measures/metric-class.ts';
import { servingWorkloads } from '../../../reading/network/serving-workloads.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namedHealth } from '../../health/named-health.ts';
import { namesOf } from '../../naming/names.ts';
import { objectHealth } from '../../health/object-health.ts';
import { resolve } from '../../naming/resolve.ts';
import { scopeHealth } from '../../health/scope-health.ts';
import { remedyLines } from '../../remedy-lines.ts';

/** How users are served, and what that may be for, in this order. */
const told: readonly (readonly [MetricClass, string])[] = [
  ['latency', 'latency'],
  ['errors', 'errors'],
  ['requests', 'requests'],
  ['cpu', 'CPU'],
  ['throttling', 'held back at its CPU limit'],
  ['contention', 'waiting for CPU, memory or disks'],
  ['memory', 'memory'],
  ['collection', 'collecting garbage'],
  ['connections', 'connections, files or threads'],
  ['saturation', 'queue or pool'],
];
const served = new Set<MetricClass>(['latency', 'errors']);
const notMeasured = (what: string): RemedyParts =>
  remedy`${what} is not measured here: name a Prometheus (${{ do: 'name-prometheus' }}), or put its answers into the record as metrics/*.json.`;
const mostRows = 12;

function ofWorkloads(snapshot: Snapshot, refs: readonly ObjectRef[]): readonly Measure[] {
  const keys = new Set(refs.flatMap((ref) => [refKey(ref), ...servingWorkloads(snapshot, ref).map(refKey)]));
  return measuresOf(snapshot).filter(({ object, workload }) => keys.has(refKey(object)) || keys.has(refKey(workload)));
}

/** "13:55 UTC". */
function clock(time: number): string {
  return `${new Date(time).toISOString().slice(11, 16)} UTC`;
}

function rowOf(snapshot: Snapshot, measure: Measure, words: string): string[] {
  const rise = riseOf(measure);
  const level = presentLevel(snapshot, measure);
  const what = measure.derived === '' ? words : `${words} (${measure.derived})`;
  return [
    refText(measure.object),
    what,
    level === undefined ? '' : shown(level, measure.unit),
    rise === undefined ? 'as before' : `${shown(rise.before, measure.unit)} until ${clock(rise.since)}`,
  ];
}

function rowsFor(snapshot: Snapshot, measures: readonly Measure[]): string[][] {
  return told
    .flatMap(([kind, words]) =>
      measures.filter((measure) => measure.kind === kind).map((measure) => rowOf(snapshot, measure, words)),
    )
    .slice(0, mostRows);
}

const columns = ['of', 'what', 'now', 'before'];

/** Of what it calls, how that answers. */
function calledRows(snapshot: Snapshot, refs: readonly ObjectRef[]): string[][] {
  const called = distinctBy(
    refs.flatMap((ref) => callsKnown(snapshot, ref)),
    refKey,
  );
  const slower = ofWorkloads(snapshot, called).filter(
    (measure) => served.has(measure.kind) && riseOf(measure) !== undefined,
  );
  return slower.map((measure) => rowOf(snapshot, measure, measure.kind));
}

function ofNamed(context: AskContext, words: string): Reply {
  const { snapshot } = context;
  const found = resolve(context, words);
  if ('reply' in found) return namedHealth(context, words);
  const health = objectHealth(context, found.objects);
  const measures = ofWorkloads(snapshot, found.objects);
  const causes = health.causes ?? [];
  const rows = distinctBy([...rowsFor(snapshot, measures), ...calledRows(snapshot, found.objects)], (row) =>
    row.join('\n'),
  ).slice(0, mostRows);
  const unmeasuredLine = measures.some(({ kind }) => served.has(kind)) ? [] : [notMeasured('How it answers')];
  const lines = remedyLines([...(health.lines ?? []), ...unmeasuredLine], health);
  const answers = headlineOf(snapshot, namesOf(found.objects), measures, causes);
  const unmeasured =
    causes.length === 0 && !measures.some(({ kind }) => served.has(kind))
      ? { headline: `How fast ${namesOf(found.objects)} answers is not measured here. ${health.headline}` }
      : {};
  return {
    ...health,
    ...lines,
    ...unmeasured,
    ...(answers === undefined ? {} : { headline: answers }),
    ...(rows.length === 0 ? {} : { table: { columns, rows } }),
  };
}

/** How it answers, and the first cause; undefined where that is not measured. */
function headlineOf(
  snapshot: Snapshot,
  name: string,
  measures: readonly Measure[],
  [cause]: readonly Cause[],
): string | undefined {
  const answers = measures.filter(({ kind }) => served.has(kind));
  const because = cause === undefined ? '' : ` ${cause.cause}`;
  const worst = answers.flatMap((measure) => riseOf(measure) ?? []).toSorted((a, b) => b.doublings - a.doublings)[0];
  if (worst !== undefined) {
    const { measure, before, after, since } = worst;
    return `${name} answers worse since ${clock(since)}: ${measure.kind} ${shown(before, measure.unit)} → ${shown(after, measure.unit)}.${because}`;
  }
  const levels = answers.flatMap((measure) => {
    const level = presentLevel(snapshot, measure);
    return level === undefined ? [] : [`${measure.kind} ${shown(level, measure.unit)}`];
  });
  return levels.length === 0
    ? undefined
    : `${name} answers as before: ${[...new Set(levels)].slice(0, 3).join(', ')}.${because}`;
}

/** Everything that answers worse than before, the furthest from it first. */
function ofAll(context: AskContext): Reply {
  const { snapshot, namespace } = context;
  const measures = measuresOf(snapshot).filter(
    ({ kind, workload }) => served.has(kind) && (namespace === undefined || workload.namespace === namespace),
  );
  const health = scopeHealth(context);
  if (measures.length === 0) {
    return {
      ...health,
      ...remedyLines([...(health.lines ?? []), notMeasured('How anything answers')], health),
    };
  }
  const worse = measures.flatMap((measure) => riseOf(measure) ?? []).toSorted((a, b) => b.doublings - a.doublings);
  if (worse.length === 0) {
    return {
      ...health,
      lines: ['Everything whose latency or errors are measured answers as before.', ...(health.lines ?? [])],
    };
  }
  const [first] = health.causes ?? [];
  const many = new Set(worse.map(({ measure }) => refKey(measure.workload))).size;
  const headline = `${counted(many, 'workload answers', 'workloads answer')} worse than before.${first === undefined ? '' : ` ${first.cause}`}`;
  return {
    ...health,
    headline,
    table: { columns, rows: worse.slice(0, mostRows).map(({ measure }) => rowOf(snapshot, measure, measure.kind)) },
  };
}

/** How fast and how well something answers, and why that has changed. */
export const howItServes: Intent = {
  name: 'how-it-serves',
  example: 'why is checkout slow?',
  patterns: [
    /^(?:is|are) (?:anything|something|everything|any (?:service|deployment|workload|app)s?) (?:\w+ )?(?:slow|slower|lagging|timing out|erroring)\b.*$/i,
    /^(?:what|who|which (?:service|deployment|workload|app|one)s?)(?:'s| is| are| has| have| got| became)? (?:the )?(?:so |too |very |most )?(?:slow|slower|slowest|lagging|erroring|highest (?:latency|error rate|response times?)|(?:the )?most errors)\b.*$/i,
    /^why (?:is|are|was|were|does|did|do|has|have) (?:everything|it all|the (?:site|system|application|app|website|shop|platform)) (?:so |this |very |too |become |gotten |got )?(?:slow|slower|sluggish|lagging)\b.*$/i,
    /^why (?:is|are|was|were|has|have)(?: the)? (?<object>[\w./-]+(?: [\w./-]+)??) (?:(?:so|this|very|too|that|become|gotten|got|getting|being|suddenly) )*(?:slow|slower|sluggish|lagging|laggy)\b.*$/i,
    /^why (?:is|are|has|have)(?: the)? (?:latency|response times?|error rate|errors?) (?:of|for|on|at|in) (?<object>[\w./-]+(?: [\w./-]+)??) (?:so |too |very |been |gone |rising|risen)?(?:high|up|bad|rising|slow|long|increased)\b.*$/i,
    /^why (?:does|do|did)(?: the)? (?<object>[\w./-]+(?: [\w./-]+)??) (?:take|need|require)s? (?:so|this|too|that) (?:long|much time)\b.*$/i,
    /^what (?:makes|is making)(?: the)? (?<object>[\w./-]+(?: [\w./-]+)??) (?:so |be |answer |respond )?(?:slow|slower|slowly|lag)$/i,
    /^what (?:slows|is slowing)(?: down)?(?: the)? (?<object>[\w./-]+(?: [\w./-]+)??)(?: down)?$/i,
    /^(?:is|are)(?: the)? (?<object>[\w./-]+(?: [\w./-]+)??) (?:(?:so|too|very|getting|still) )*(?:slow|slower|lagging|sluggish|fast)$/i,
    /^how (?:fast|slow|quick|well) (?:is|are|does|do)(?: the)? (?<object>[\w./-]+(?: [\w./-]+)??)(?: (?:answer|respond|serve|work|run|doing|answering|responding))?$/i,
    /^(?:what(?:'s| is| are)|show(?: me)?|how (?:high|bad|many|long) (?:is|are))(?: the)? (?:latency|latencies|response times?|error rate|throughput|traffic|request rate|p9[059]) (?:of|for|on|at|in)(?: the)? (?<object>[\w./-]+(?: [\w./-]+)??)$/i,
  ],
  answer: (caught, context) => (caught('object') === '' ? ofAll(context) : ofNamed(context, caught('object'))),
};
