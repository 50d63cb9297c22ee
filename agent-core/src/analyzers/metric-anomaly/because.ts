import type { Because } from '@autodevops/domain/finding';
import { refByName, refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { signalBecause } from '../../evidence/signal-cause.ts';
import type { Measure } from '../../reading/measures/measure.ts';
import type { Rise } from '../../reading/measures/rise.ts';
import type { MetricClass } from '../../reading/measures/metric-class.ts';
import { podsStandingFor } from '../../reading/pods/pods-standing-for.ts';
import { servingWorkloads } from '../../reading/network/serving-workloads.ts';
import { callsKnown } from '../../reading/network/calls-known.ts';
import { dnsWorkloads } from '../../reading/network/dns-workloads.ts';
import { isDataStore } from '../../reading/workloads/data-store.ts';
import { codeOf } from './code-of.ts';
import { isFelt } from './rises.ts';
import type { Rises } from './rises.ts';

const waiting: ReadonlySet<MetricClass> = new Set<MetricClass>(['saturation', 'connections', 'memory']);
/** Clocks and steps differ: what begins a little later may still be the origin. */
const later = 5 * 60_000;

/** Of a called workload: what it answers badly since then, or uses; where it is known to answer as before, only what is wrong with its objects. */
function ofCalled(snapshot: Snapshot, service: ObjectRef, rise: Rise, rises: Rises): readonly Because[] {
  const workloads = servingWorkloads(snapshot, service);
  const answersAsBefore =
    workloads.length > 0 &&
    workloads.every(
      (workload) =>
        rises.answers(workload) &&
        !rises.of(workload).some((other) => isFelt(other.measure) && other.since <= rise.since + later),
    );
  return answersAsBefore ? signalBecause('limit', [service]) : signalBecause('called', [service]);
}

/** Nodes on which the workload runs, where something rose on them. */
function nodesOf(snapshot: Snapshot, workload: ObjectRef, rises: Rises): readonly ObjectRef[] {
  const names = new Set(podsStandingFor(snapshot, workload).flatMap((pod) => pod.spec.nodeName ?? []));
  return [...names].map((name) => refByName('Node', '', name)).filter((node) => rises.of(node).length > 0);
}

/** What pods use more of, where a node has more to do, less left, or lets others wait. */
const takenBy: Readonly<Partial<Record<MetricClass, readonly MetricClass[]>>> = {
  cpu: ['cpu'],
  saturation: ['cpu', 'disk-traffic'],
  memory: ['memory'],
  'disk-busy': ['disk-traffic'],
  contention: ['cpu', 'memory', 'disk-traffic'],
};
/** Of what is taken on the node since then, the part that makes a neighbour noisy. */
const noisy = 0.3;

/** Pods on a node that take more of it since then than nearly all others there: a noisy neighbour, not the node. */
function takersOn(snapshot: Snapshot, node: ObjectRef, kind: MetricClass, rises: Rises): readonly Because[] {
  return (takenBy[kind] ?? []).flatMap((taken) => {
    const there = rises.all.filter(
      ({ measure }) =>
        measure.kind === taken &&
        measure.object.kind === 'Pod' &&
        snapshot.get('Pod', measure.object.namespace, measure.object.name)?.spec.nodeName === node.name,
    );
    const most = there.reduce((greatest, { before, after }) => Math.max(greatest, after - before), 0);
    return there
      .filter(({ before, after }) => after - before >= most * noisy)
      .map(({ measure }) => ({ object: measure.object, codes: [codeOf(taken)?.code ?? ''] }));
  });
}

/** What it uses or holds itself; that it must wait for its node is not its doing. */
function isOwnDoing(measure: Measure): boolean {
  return !isFelt(measure) && measure.kind !== 'contention';
}

/**
 * Where nothing tells who calls whom, of those that answer worse since about the same time the one that changed most is
 * nearest to the origin: the same delay weighs more on a shorter answer, and failures thin out on their way up. A data store
 * whose answers nobody measures may be behind them all.
 */
function amongUnconnected(
  snapshot: Snapshot,
  rise: Rise,
  rises: Rises,
  connected: ReadonlySet<string>,
): readonly Because[] {
  const { workload, kind } = rise.measure;
  if (connected.has(refKey(workload))) return [];
  const others = rises.all.filter(
    ({ measure, since }) =>
      measure.workload.namespace === workload.namespace &&
      measure.workload.kind !== 'Node' &&
      refKey(measure.workload) !== refKey(workload) &&
      Math.abs(since - rise.since) <= later,
  );
  const strained = others.filter(
    ({ measure }) => isOwnDoing(measure) && rises.of(measure.workload).some((other) => isFelt(other.measure)),
  );
  const own = rises.of(workload).some(({ measure }) => isOwnDoing(measure));
  const stores = others.filter(
    ({ measure }) => isOwnDoing(measure) && !rises.answers(measure.workload) && isDataStore(snapshot, measure.workload),
  );
  const worse = others.filter(({ measure, doublings }) => measure.kind === kind && doublings > rise.doublings);
  const origins = own ? [] : ([strained, stores, worse].find((found) => found.length > 0) ?? []);
  return origins.map((origin) => ({
    object: origin.measure.workload,
    codes: [codeOf(origin.measure.kind)?.code ?? ''],
  }));
}

/** Everything looks up names: where the cluster's name service itself answers worse since then, whoever asks it waits. */
function ofNames(snapshot: Snapshot, { measure, since }: Rise, rises: Rises): readonly Because[] {
  const failing = dnsWorkloads(snapshot).filter(
    (dns) =>
      refKey(dns) !== refKey(measure.workload) &&
      rises.of(dns).some((other) => isFelt(other.measure) && Math.abs(other.since - since) <= later),
  );
  return signalBecause('called', failing);
}

/** Who calls whom, as far as it is known, among the workloads that are measured. */
interface Calls {
  readonly connected: ReadonlySet<string>;
  readonly callersOf: (workload: ObjectRef) => readonly ObjectRef[];
  /** Workloads that a workload's callers call besides. */
  readonly beside: (workload: ObjectRef) => readonly ObjectRef[];
}

function callsAmong(snapshot: Snapshot, rises: Rises): Calls {
  const calls = (rises.all.length === 0 ? [] : rises.measured).map((caller) => ({
    caller,
    called: callsKnown(snapshot, caller).flatMap((service) => servingWorkloads(snapshot, service)),
  }));
  const calling = (workload: ObjectRef): typeof calls =>
    calls.filter(({ called }) => called.some((one) => refKey(one) === refKey(workload)));
  return {
    callersOf: (workload) => calling(workload).map(({ caller }) => caller),
    connected: new Set(
      calls.flatMap(({ caller, called }) => (called.length === 0 ? [] : [caller, ...called].map(refKey))),
    ),
    beside: (workload) =>
      calling(workload).flatMap(({ called }) => called.filter((one) => refKey(one) !== refKey(workload))),
  };
}

const ofWork: ReadonlySet<MetricClass> = new Set<MetricClass>([
  'cpu',
  'throttling',
  'disk-traffic',
  'disk-busy',
  'connections',
]);

/** What a cache no longer answers its callers ask of the store behind it: that works more, and is not the origin. */
function ofCacheBeside({ measure, since }: Rise, rises: Rises, { beside }: Calls): readonly Because[] {
  if (!ofWork.has(measure.kind)) return [];
  const struggling = beside(measure.workload).filter((one) =>
    rises.of(one).some((other) => other.measure.kind === 'pressure' && other.since <= since + later),
  );
  return struggling.map((object) => ({ object, codes: [codeOf('pressure')?.code ?? ''] }));
}

/** What might explain each rise. */
export function explaining(snapshot: Snapshot, rises: Rises): (rise: Rise) => readonly Because[] {
  const calls = callsAmong(snapshot, rises);
  return (rise) => {
    const { object, workload, kind } = rise.measure;
    const own = [object, workload];
    const leader = rises.leading(rise);
    const along =
      leader === rise || leader.measure.kind === kind
        ? []
        : [{ object: workload, codes: [codeOf(leader.measure.kind)?.code ?? ''] }];
    if (object.kind === 'Node') {
      return [...signalBecause('limit', own), ...along, ...takersOn(snapshot, object, kind, rises)];
    }
    const called =
      isFelt(rise.measure) || waiting.has(kind)
        ? callsKnown(snapshot, workload).flatMap((service) => ofCalled(snapshot, service, rise, rises))
        : [];
    const consumers = kind === 'saturation' ? signalBecause('consumed', calls.callersOf(workload)) : [];
    if (!isFelt(rise.measure)) {
      return [
        ...signalBecause(waiting.has(kind) ? 'waits' : 'used', own),
        ...along,
        ...called,
        ...consumers,
        ...ofCacheBeside(rise, rises, calls),
        ...(kind === 'contention' ? signalBecause('carries', nodesOf(snapshot, workload, rises)) : []),
      ];
    }
    return [
      ...signalBecause('felt', own),
      ...along,
      ...signalBecause('carries', nodesOf(snapshot, workload, rises)),
      ...called,
      ...amongUnconnected(snapshot, rise, rises, calls.connected),
      ...ofNames(snapshot, rise, rises),
    ];
  };
}
