import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { LogRequest } from '@autodevops/domain/ports/cluster';
import { refKey } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { workloadOf } from '../reading/owner.ts';
import { containersOf, isCrashing, isReady } from '../reading/pod-status.ts';
import type { ContainerView } from '../reading/pod-status.ts';
import { podsStandingFor } from '../reading/pods-standing-for.ts';

const bounds = { tailLines: 300, limitBytes: 128 * 1024 };
const mostPodsOfOneWorkload = 3;
const mostLogs = 150;

function hasRun(view: ContainerView): boolean {
  const { status } = view;
  return status?.state.running !== undefined || status?.state.terminated !== undefined || status?.lastState.terminated !== undefined;
}

function requestsFor(pod: Pod, now: number): LogRequest[] {
  const { namespace, name } = pod.metadata;
  return containersOf(pod).flatMap((view) => {
    if (!hasRun(view)) return [];
    const finishedWell = view.init && view.status?.state.terminated?.exitCode === 0;
    if (finishedWell) return [];
    const request = (previous: boolean): LogRequest => ({ namespace, pod: name, container: view.spec.name, previous, ...bounds });
    const before = view.status?.lastState.terminated !== undefined;
    return before && isCrashing(view, pod, now) ? [request(true), request(false)] : [request(false)];
  });
}

/**
 * The logs that the findings point at: of their pods first, of the pods behind their Services and of what might explain
 * them; unready pods first, at most three of a workload, 150 in all unless told otherwise.
 */
export function logsWanted(snapshot: Snapshot, findings: readonly Finding[], most = mostLogs): readonly LogRequest[] {
  const perWorkload = new Map<string, number>();
  const chosen = new Map<string, Pod>();
  const told = findings.map((f) => f.object);
  // A pod that a finding names has its log read before any that only stands for something.
  const refs = [...told.filter((ref) => ref.kind === 'Pod'), ...told.filter((ref) => ref.kind !== 'Pod'), ...findings.flatMap((f) => f.because.map((b) => b.object))];
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
  return [...chosen.values()].flatMap((pod) => requestsFor(pod, snapshot.now)).slice(0, most);
}
