import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { oneLine } from '@autodevops/domain/printable';
import type { LogRequest } from '@autodevops/domain/ports/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { podsOf } from '../ask/entrances.ts';
import { focusObjects } from '../jamie/causes/focus.ts';
import type { Focus } from '../jamie/causes/focus.ts';
import { nameList } from '../reading/name-list.ts';
import { containersOf, isReady } from '../reading/pods/pod-status.ts';

export interface LogsWanted {
  readonly focus: Focus;
  /** Empty: every container. */
  readonly container: string;
  /** Of the container before it was restarted. */
  readonly previous: boolean;
  /** Last lines of each. */
  readonly lines: number;
}

export interface ChosenLogs {
  readonly requests: readonly LogRequest[];
  /** Containers that are left out, because there are too many. */
  readonly left: number;
}

/** So many containers at once, and so many bytes of each. */
const most = 10;
const limitBytes = 256 * 1024;

function requestsFor(pod: Pod, { container, previous, lines }: LogsWanted): readonly LogRequest[] {
  const { namespace, name } = pod.metadata;
  return containersOf(pod).flatMap(({ spec, status }): readonly LogRequest[] => {
    if (container !== '' && spec.name !== container) return [];
    const hasWritten = previous
      ? status?.lastState.terminated !== undefined
      : status?.state.running !== undefined || status?.state.terminated !== undefined;
    return hasWritten ? [{ namespace, pod: name, container: spec.name, previous, tailLines: lines, limitBytes }] : [];
  });
}

function requireContainer(pods: readonly Pod[], { container }: LogsWanted): void {
  const names = [...new Set(pods.flatMap((pod) => containersOf(pod).map(({ spec }) => spec.name)))];
  if (container === '' || pods.length === 0 || names.includes(container)) return;
  throw new AutoDevOpsError(
    'object.not-found',
    `There is no container "${oneLine(container, 60)}" there.`,
    `There is ${nameList(names)}.`,
  );
}

/** The logs of the pods of an object, those first that are not ready. Throws `object.not-found` for what is not there. */
export function logRequestsFor(snapshot: Snapshot, wanted: LogsWanted): ChosenLogs {
  const refs = focusObjects(snapshot, wanted.focus);
  const pods = [
    ...new Map(
      refs
        .flatMap((ref) => podsOf(snapshot, ref))
        .map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, pod]),
    ).values(),
  ];
  requireContainer(pods, wanted);
  const all = pods
    .toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)))
    .flatMap((pod) => requestsFor(pod, wanted));
  return { requests: all.slice(0, most), left: Math.max(0, all.length - most) };
}
