import type { Finding } from '@autodevops/domain/finding';
import { refKey } from '@autodevops/domain/object-ref';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { SteppedRange } from '@autodevops/domain/ports/signals';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { queriesFor, standingQueries } from '../../evidence/metric-queries.ts';
import type { MetricQuery } from '../../evidence/metric-queries.ts';
import { workloadRef } from '../../reading/measures/labelled-object.ts';
import { promNames } from '../../evidence/metric-scope.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { promLiterally, promOneOf } from '../../reading/measures/promql-text.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';

const minute = 60_000;
const hour = 60 * minute;
/** An hour before the earliest beginning, three hours at least, a day at most, in some 240 steps of half a minute at least. */
const bounds = { lead: hour, least: 3 * hour, most: 24 * hour, steps: 240, shortest: 30_000 };
const mostQueries = 24;

/** What metrics are asked: queries each once, over one range. */
export interface SignalWants {
  readonly queries: readonly MetricQuery[];
  readonly range: SteppedRange;
}

function rangeFor(snapshot: Snapshot, findings: readonly Finding[]): SteppedRange {
  const begun = findings
    .map(({ since }) => Date.parse(since))
    .filter((time) => Number.isFinite(time) && time <= snapshot.now);
  const earliest = Math.min(snapshot.now, ...begun) - bounds.lead;
  const start = Math.max(snapshot.now - bounds.most, Math.min(earliest, snapshot.now - bounds.least));
  return {
    start,
    end: snapshot.now,
    step: Math.max(bounds.shortest, Math.ceil((snapshot.now - start) / bounds.steps)),
  };
}

/** More pods have more series than an answer should wait for: then only nodes are asked. */
const mostPods = 200;
/** Of a pattern of names, in characters: a query holds it up to six times, and must fit into an address. */
const longestPattern = 800;

/** Programs as traces and groups of consumers call them: by their workloads; none where they are too many for one query. */
function namesOf(snapshot: Snapshot, pods: readonly Pod[]): string | undefined {
  const names = promNames([...new Set(pods.map((pod) => workloadOf(snapshot, pod).name))].toSorted());
  return names.length > longestPattern ? undefined : names;
}

/** What is asked of everything in scope. */
function standing(snapshot: Snapshot, namespaces: readonly string[] | undefined): readonly MetricQuery[] {
  const pods = snapshot
    .list('Pod')
    .filter((pod) => !isFinished(pod) && (namespaces?.includes(pod.metadata.namespace) ?? true));
  if (pods.length === 0) return [];
  const named = promOneOf(
    'namespace',
    [...new Set(pods.map(({ metadata }) => metadata.namespace))].toSorted().map(promLiterally),
  );
  const inNamespaces = named.length > longestPattern ? 'namespace!=""' : named;
  return standingQueries((scope) => {
    if (scope === 'nodes') return 'instance!=""';
    if (pods.length > mostPods) return undefined;
    switch (scope) {
      case 'names':
        return namesOf(snapshot, pods);
      // Whoever asks of a namespace is not told of the whole cluster.
      case 'cluster':
        return namespaces === undefined ? '' : undefined;
      case 'pods':
      case 'claims':
      case 'services':
        return inNamespaces;
    }
  });
}

/** What is asked of everything in these namespaces, and what the findings call for: of what is so now, the gravest first, at most 24 queries. */
export function signalsWanted(
  snapshot: Snapshot,
  findings: readonly Finding[],
  namespaces?: readonly string[],
): SignalWants {
  const grave = { critical: 0, warning: 1, info: 2 };
  const current = findings
    .filter(({ standing }) => standing === 'current')
    .toSorted((a, b) => grave[a.severity] - grave[b.severity]);
  const queries = new Map<string, MetricQuery>();
  const asked = new Set<string>();
  for (const { code, object } of current) {
    if (queries.size >= mostQueries) break;
    const workload = workloadRef(snapshot, object);
    const key = `${code} ${refKey(workload)}`;
    if (asked.has(key)) continue;
    asked.add(key);
    for (const query of queriesFor(snapshot, code, workload)) {
      queries.set(query.ways.map(({ text }) => text).join('\n'), query);
    }
  }
  const chosen = [...queries.values()].slice(0, mostQueries);
  return { queries: [...standing(snapshot, namespaces), ...chosen], range: rangeFor(snapshot, current) };
}
