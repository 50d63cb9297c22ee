import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isAlertedSince } from './alerted-pods.ts';
import { crashingContainers } from '../crashes/crashing-container.ts';
import { concernsContainer } from '../event-container.ts';
import { isOnStartingNode } from '../../platform/node-readiness.ts';
import { conditionOf, containersOf, isFinished, isTerminating } from '../pod-status.ts';
import { probeBudget } from './probe-budget.ts';
import { perLook } from '../../per-look.ts';
import type { ContainerView } from '../pod-status.ts';
import { ageOf, newestEvents } from '../../recency.ts';
import { unsettledPods } from '../unsettled-pods.ts';

/** A container that runs and is not ready, for longer than its start may take. */
export interface UnreadyContainer {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  /** Milliseconds since its start. */
  readonly up: number;
  readonly since: string;
}

const leastPatience = 60_000;

/**
 * How long a start may take before it is suspicious: what its own probe allows, and a minute at least, unless an alert has
 * begun to fire about it meanwhile.
 */
function patience(snapshot: Snapshot, pod: Pod, view: ContainerView): number {
  const { startupProbe, readinessProbe } = view.spec;
  const least = isAlertedSince(snapshot, pod, view.status?.state.running?.startedAt ?? '') ? 0 : leastPatience;
  if (startupProbe !== undefined && view.status?.started !== true) {
    return Math.max(least, probeBudget(startupProbe) / 2);
  }
  return Math.max(least, probeBudget(readinessProbe));
}

function unreadyIn(snapshot: Snapshot, pod: Pod, crashing: ReadonlySet<string>): UnreadyContainer[] {
  const ref = refTo('Pod', pod);
  return containersOf(pod).flatMap((view) => {
    const { status } = view;
    const up = ageOf(snapshot, status?.state.running?.startedAt);
    if (up === undefined || status?.ready === true || (view.init && !view.sidecar)) return [];
    if (
      up < patience(snapshot, pod, view) ||
      crashing.has(`${pod.metadata.namespace}/${pod.metadata.name}/${view.spec.name}`)
    ) {
      return [];
    }
    const ready = conditionOf(pod.status.conditions, 'Ready');
    return [{ pod, ref, view, up, since: ready?.lastTransitionTime ?? status?.state.running?.startedAt ?? '' }];
  });
}

function find(snapshot: Snapshot): readonly UnreadyContainer[] {
  const crashing = new Set(
    crashingContainers(snapshot).map((c) => `${c.ref.namespace}/${c.ref.name}/${c.view.spec.name}`),
  );
  return unsettledPods(snapshot).flatMap((pod) => {
    const ready = conditionOf(pod.status.conditions, 'Ready');
    if (isFinished(pod) || isTerminating(pod) || ready?.status === 'True' || isOnStartingNode(snapshot, pod)) return [];
    return unreadyIn(snapshot, pod, crashing);
  });
}

/** Every running container that is not ready and does not crash. Found once per snapshot. */
export const unreadyContainers: (snapshot: Snapshot) => readonly UnreadyContainer[] = perLook(find);

export type ProbeName = 'readiness' | 'liveness' | 'startup';

/** The newest failure of a container's probe since a moment (ISO; all when empty). */
export function probeEvent(
  snapshot: Snapshot,
  pod: { ref: ObjectRef; view: ContainerView },
  which: { probe: ProbeName; since: string },
): ClusterEvent | undefined {
  const after = Date.parse(which.since);
  return newestEvents(snapshot, pod.ref, 'Unhealthy').find(
    (event) =>
      concernsContainer(event, pod.view.spec.name) &&
      event.message.toLowerCase().startsWith(`${which.probe} probe`) &&
      (Number.isNaN(after) || Date.parse(event.last ?? '') >= after - 5000),
  );
}
