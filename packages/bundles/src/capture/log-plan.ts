import type { ContainerStatus, Pod } from '@autodevops/domain/kubernetes/pod';
import type { LogRequest } from '@autodevops/domain/ports/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** Which containers' logs are recorded: of none, of those that are or were unwell, or of all. */
export type LogScope = 'none' | 'unwell' | 'all';

export interface LogBoundsOfCapture {
  readonly scope: LogScope;
  readonly tailLines: number;
  /** Of one log. */
  readonly limitBytes: number;
  /** Logs in all; those of unwell containers come first. */
  readonly most: number;
}

interface Candidate {
  readonly urgency: number;
  readonly request: LogRequest;
}

function restarted(status: ContainerStatus): boolean {
  return (status.restartCount ?? 0) > 0 || status.lastState.terminated !== undefined;
}

function isUnwell(status: ContainerStatus): boolean {
  const failed = (status.state.terminated?.exitCode ?? 0) !== 0;
  const notReady = status.ready !== true && status.state.running !== undefined;
  return restarted(status) || failed || notReady;
}

/** A container that never ran has no log. */
function hasRun(status: ContainerStatus): boolean {
  return status.state.running !== undefined || status.state.terminated !== undefined || restarted(status);
}

function candidatesOf(pod: Pod, bounds: LogBoundsOfCapture): Candidate[] {
  const { namespace, name } = pod.metadata;
  const statuses = [...pod.status.containerStatuses, ...pod.status.initContainerStatuses].filter(hasRun);
  return statuses.flatMap((status) => {
    const unwell = isUnwell(status);
    if (!unwell && bounds.scope === 'unwell') return [];
    const base = {
      namespace,
      pod: name,
      container: status.name,
      tailLines: bounds.tailLines,
      limitBytes: bounds.limitBytes,
    };
    const urgency = unwell ? 0 : namespace === 'kube-system' ? 1 : 2;
    const current: Candidate = { urgency, request: { ...base, previous: false } };
    return restarted(status) ? [{ urgency, request: { ...base, previous: true } }, current] : [current];
  });
}

/** Which logs to record, most urgent first, and how many there are that do not fit. */
export function planLogs(
  snapshot: Snapshot,
  bounds: LogBoundsOfCapture,
): { readonly requests: readonly LogRequest[]; readonly leftOut: number } {
  if (bounds.scope === 'none') return { requests: [], leftOut: 0 };
  const all = snapshot.list('Pod').flatMap((pod) => candidatesOf(pod, bounds));
  const sorted = all.toSorted((a, b) => a.urgency - b.urgency);
  const requests = sorted.slice(0, bounds.most).map(({ request }) => request);
  return { requests, leftOut: all.length - requests.length };
}
