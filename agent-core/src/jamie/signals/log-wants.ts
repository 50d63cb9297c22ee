import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { LogRequest } from '@autodevops/domain/ports/cluster';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { dnsCauses } from '../../evidence/dependency-evidence.ts';
import { mayBeTurnedAway } from '../../evidence/said-by-server.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { servicesCalled } from '../../reading/network/services-called.ts';
import { components, controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { containersOf, isCrashing, isReady } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { podsStandingFor } from '../../reading/pods/pods-standing-for.ts';

const lately: LogBounds = { tailLines: 300, limitBytes: 128 * 1024 };
/** Enough to compare with what was said before. */
const longer: LogBounds = { tailLines: 4000, limitBytes: 512 * 1024 };
const mostPodsOfOneWorkload = 3;
const mostLogs = 150;

function hasRun(view: ContainerView): boolean {
  const { status } = view;
  return (
    status?.state.running !== undefined ||
    status?.state.terminated !== undefined ||
    status?.lastState.terminated !== undefined
  );
}

interface LogBounds {
  readonly tailLines: number;
  readonly limitBytes: number;
}

function requestsFor(pod: Pod, now: number, bounds: LogBounds): LogRequest[] {
  const { namespace, name } = pod.metadata;
  return containersOf(pod).flatMap((view) => {
    if (!hasRun(view)) return [];
    const finishedWell = view.init && view.status?.state.terminated?.exitCode === 0;
    if (finishedWell) return [];
    const request = (previous: boolean): LogRequest => ({
      namespace,
      pod: name,
      container: view.spec.name,
      previous,
      ...bounds,
    });
    const before = view.status?.lastState.terminated !== undefined;
    return before && isCrashing(view, pod, now) ? [request(true), request(false)] : [request(false)];
  });
}

const mostOfSignals = 12;

/** Logs of what signals found, beside those that are read already. */
export function logsOfSignals(
  snapshot: Snapshot,
  findings: readonly Finding[],
  read: readonly LogRequest[],
): readonly LogRequest[] {
  const taken = new Set(read.map(({ namespace, pod }) => `${namespace}/${pod}`));
  const signals = findings.filter(({ code, standing }) => code.startsWith('signal.') && standing === 'current');
  return logsOf(
    snapshot,
    signals.map(({ object }) => object),
    longer,
    mostLogs,
  )
    .filter(({ namespace, pod }) => !taken.has(`${namespace}/${pod}`))
    .slice(0, mostOfSignals);
}

/** Every other log of a record, three pods of a workload, with enough of it to compare with what was said before. */
export function logsBesides(snapshot: Snapshot, wanted: readonly LogRequest[]): readonly LogRequest[] {
  const taken = new Set(wanted.map(({ namespace, pod }) => `${namespace}/${pod}`));
  const rest = snapshot.list('Pod').filter(({ metadata }) => !taken.has(`${metadata.namespace}/${metadata.name}`));
  return logsOf(
    snapshot,
    rest.map((pod) => refTo('Pod', pod)),
    longer,
    mostLogs,
  );
}

/**
 * The logs that the findings point at: of their pods first, of the pods behind their Services and of what might explain
 * them; unready pods first, at most three of a workload, 150 in all unless told otherwise.
 */
export function logsWanted(snapshot: Snapshot, findings: readonly Finding[], most = mostLogs): readonly LogRequest[] {
  const wanted = [...pointedAt(findings), ...behindCrashes(snapshot, findings), ...serversOf(snapshot, findings)];
  return logsOf(snapshot, wanted, lately, most);
}

/**
 * What a crash may come from before its log is read: the name server tells in its own log whether it is answered, and the
 * store of the control plane why those that write to it end.
 */
function behindCrashes(snapshot: Snapshot, findings: readonly Finding[]): readonly ObjectRef[] {
  const crashes = findings.filter(({ code }) => code.startsWith('pod.crash.') || code.startsWith('pod.probe.'));
  if (crashes.length === 0) return [];
  const ofControlPlane = new Set(
    components.flatMap((component) => controlPlanePods(snapshot, component)).map((pod) => refKey(refTo('Pod', pod))),
  );
  const stores = crashes.some(({ object }) => ofControlPlane.has(refKey(object)))
    ? controlPlanePods(snapshot, 'etcd')
    : [];
  return [...stores.map((pod) => refTo('Pod', pod)), ...dnsCauses(snapshot).map(({ object }) => object)];
}

const mostServers = 10;

/** Who serves those that do not get on: the log of a server that is well tells why it turns its clients away. */
function serversOf(snapshot: Snapshot, findings: readonly Finding[]): readonly ObjectRef[] {
  const clients = findings.filter(({ code, standing }) => standing === 'current' && mayBeTurnedAway(code));
  const called = clients.slice(0, mostServers).flatMap(({ object }) => servicesCalled(snapshot, object));
  return distinctBy(called, refKey).slice(0, mostServers);
}

/** A pod that a finding names has its log read before any that only stands for something. */
function pointedAt(findings: readonly Finding[]): readonly ObjectRef[] {
  const told = findings.map((f) => f.object);
  return [
    ...told.filter((ref) => ref.kind === 'Pod'),
    ...told.filter((ref) => ref.kind !== 'Pod'),
    ...findings.flatMap((f) => f.because.map((b) => b.object)),
  ];
}

function logsOf(
  snapshot: Snapshot,
  refs: readonly ObjectRef[],
  bounds: LogBounds,
  most: number,
): readonly LogRequest[] {
  const perWorkload = new Map<string, number>();
  const chosen = new Map<string, Pod>();
  const seen = new Set<string>();
  for (const ref of refs) {
    const key = refKey(ref);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const pod of podsStandingFor(snapshot, ref).toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)))) {
      const workload = refKey(workloadOf(snapshot, pod));
      const podKey = `${pod.metadata.namespace}/${pod.metadata.name}`;
      const taken = perWorkload.get(workload) ?? 0;
      if (chosen.has(podKey) || taken >= mostPodsOfOneWorkload) continue;
      perWorkload.set(workload, taken + 1);
      chosen.set(podKey, pod);
    }
  }
  return [...chosen.values()].flatMap((pod) => requestsFor(pod, snapshot.now, bounds)).slice(0, most);
}
