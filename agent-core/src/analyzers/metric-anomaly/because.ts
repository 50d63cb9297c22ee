import type { Because } from '@autodevops/domain/finding';
import { refByName, refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { signalBecause } from '../../evidence/signal-cause.ts';
import type { Rise } from '../../reading/measures/rise.ts';
import type { MetricClass } from '../../reading/measures/metric-class.ts';
import { podsStandingFor } from '../../reading/pods/pods-standing-for.ts';
import { servingWorkloads } from '../../reading/network/serving-workloads.ts';
import { callsKnown } from '../../reading/network/calls-known.ts';
import { codeOf } from './code-of.ts';
import { isFelt } from './rises.ts';
import type { Rises } from './rises.ts';

const waiting: ReadonlySet<MetricClass> = new Set<MetricClass>(['saturation', 'connections', 'memory']);
/** Clocks and steps differ: what begins a little later may still be the origin. */
const later = 5 * 60_000;

/** Of a called workload: what it answers badly since then, or uses; where it is known to answer as before, only what is wrong with its objects. */
function ofCalled(snapshot: Snapshot, service: ObjectRef, rise: Rise, rises: Rises): readonly Because[] {
  const workloads = servingWorkloads(snapshot, service);
  const answersAsBefore = workloads.length > 0 && workloads.every((workload) => rises.answers(workload) && !rises.of(workload).some((other) => isFelt(other.measure) && other.since <= rise.since + later));
  return answersAsBefore ? signalBecause('limit', [service]) : signalBecause('called', [service]);
}

/** Nodes on which the workload runs, where something rose on them. */
function nodesOf(snapshot: Snapshot, workload: ObjectRef, rises: Rises): readonly ObjectRef[] {
  const names = new Set(podsStandingFor(snapshot, workload).flatMap((pod) => pod.spec.nodeName ?? []));
  return [...names].map((name) => refByName('Node', '', name)).filter((node) => rises.of(node).length > 0);
}

/** Workloads on a node that use more CPU since then: a noisy neighbour, not the node. */
function busyOn(snapshot: Snapshot, node: ObjectRef, rises: Rises): readonly ObjectRef[] {
  const busy = rises.all.filter(({ measure }) => measure.kind === 'cpu' && measure.object.kind === 'Pod');
  return busy.map(({ measure }) => measure.object).filter((ref) => snapshot.get('Pod', ref.namespace, ref.name)?.spec.nodeName === node.name);
}

/**
 * Where nothing tells who calls whom, of those that answer worse since about the same time the one that changed most is
 * nearest to the origin: the same delay weighs more on a shorter answer, and failures thin out on their way up.
 */
function amongUnconnected(rise: Rise, rises: Rises, connected: ReadonlySet<string>): readonly Because[] {
  const { workload, kind } = rise.measure;
  if (connected.has(refKey(workload))) return [];
  const others = rises.all.filter(({ measure, since }) => measure.workload.namespace === workload.namespace && measure.workload.kind !== 'Node' && refKey(measure.workload) !== refKey(workload) && Math.abs(since - rise.since) <= later);
  const strained = others.filter(({ measure }) => !isFelt(measure) && rises.of(measure.workload).some((other) => isFelt(other.measure)));
  const own = rises.of(workload).some(({ measure }) => !isFelt(measure));
  const worse = others.filter(({ measure, doublings }) => measure.kind === kind && doublings > rise.doublings);
  const origins = own ? [] : strained.length > 0 ? strained : worse;
  return origins.map((origin) => ({ object: origin.measure.workload, codes: [codeOf(origin.measure.kind)?.code ?? ''] }));
}

/** Who calls whom, as far as it is known, among the workloads that are measured. */
interface Calls {
  readonly connected: ReadonlySet<string>;
  readonly callersOf: (workload: ObjectRef) => readonly ObjectRef[];
  /** Workloads that a workload's callers call besides. */
  readonly beside: (workload: ObjectRef) => readonly ObjectRef[];
}

function callsAmong(snapshot: Snapshot, rises: Rises): Calls {
  const calls = (rises.all.length === 0 ? [] : rises.measured).map((caller) => ({ caller, called: callsKnown(snapshot, caller).flatMap((service) => servingWorkloads(snapshot, service)) }));
  const calling = (workload: ObjectRef): typeof calls => calls.filter(({ called }) => called.some((one) => refKey(one) === refKey(workload)));
  return {
    callersOf: (workload) => calling(workload).map(({ caller }) => caller),
    connected: new Set(calls.flatMap(({ caller, called }) => (called.length === 0 ? [] : [caller, ...called].map(refKey)))),
    beside: (workload) => calling(workload).flatMap(({ called }) => called.filter((one) => refKey(one) !== refKey(workload))),
  };
}

const ofWork: ReadonlySet<MetricClass> = new Set<MetricClass>(['cpu', 'throttling', 'disk-traffic', 'disk-busy', 'connections']);

/** What a cache no longer answers its callers ask of the store behind it: that works more, and is not the origin. */
function ofCacheBeside({ measure, since }: Rise, rises: Rises, { beside }: Calls): readonly Because[] {
  if (!ofWork.has(measure.kind)) return [];
  const struggling = beside(measure.workload).filter((one) => rises.of(one).some((other) => other.measure.kind === 'pressure' && other.since <= since + later));
  return struggling.map((object) => ({ object, codes: [codeOf('pressure')?.code ?? ''] }));
}

/** What might explain each rise. */
export function explaining(snapshot: Snapshot, rises: Rises): (rise: Rise) => readonly Because[] {
  const calls = callsAmong(snapshot, rises);
  return (rise) => {
    const { object, workload, kind } = rise.measure;
    const own = [object, workload];
    const leader = rises.leading(rise);
    const along = leader === rise || leader.measure.kind === kind ? [] : [{ object: workload, codes: [codeOf(leader.measure.kind)?.code ?? ''] }];
    if (object.kind === 'Node') return [...signalBecause('limit', own), ...along, ...(kind === 'cpu' || kind === 'saturation' ? busyOn(snapshot, object, rises).map((pod) => ({ object: pod, codes: ['signal.cpu.'] })) : [])];
    const called = isFelt(rise.measure) || waiting.has(kind) ? callsKnown(snapshot, workload).flatMap((service) => ofCalled(snapshot, service, rise, rises)) : [];
    const consumers = kind === 'saturation' ? signalBecause('consumed', calls.callersOf(workload)) : [];
    if (!isFelt(rise.measure)) return [...signalBecause(waiting.has(kind) ? 'waits' : 'used', own), ...along, ...called, ...consumers, ...ofCacheBeside(rise, rises, calls)];
    return [...signalBecause('felt', own), ...along, ...signalBecause('carries', nodesOf(snapshot, workload, rises)), ...called, ...amongUnconnected(rise, rises, calls.connected)];
  };
}
