import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isOnStartingNode } from '../../platform/node-readiness.ts';
import { roomOnItsWay } from '../../scheduling/unscheduled-pod.ts';
import { conditionOf, containersOf, isCrashing, isReady, isTerminating } from '../pod-status.ts';
import { ageOf } from '../../recency.ts';
import { probeBudget } from './probe-budget.ts';

/**
 * Where a pod is on its way to being ready. `failing`: it will not get there by waiting; `slow`: nothing is wrong to be
 * seen, but it takes longer than it should.
 */
export type PodProgress = 'ready' | 'starting' | 'slow' | 'failing' | 'gone';

const harmlessWaits = new Set(['ContainerCreating', 'PodInitializing', '']);
const creating = 5 * 60_000;
const starting = 60_000;

/** How long the pod's probes let it take, at least a minute. */
function patienceOf(pod: Pod): number {
  const budgets = containersOf(pod).map(
    (view) => probeBudget(view.spec.startupProbe) + probeBudget(view.spec.readinessProbe),
  );
  return Math.max(starting, ...budgets);
}

export function podProgress(snapshot: Snapshot, pod: Pod): PodProgress {
  if (isTerminating(pod) || pod.status.phase === 'Succeeded') return 'gone';
  if (pod.status.phase === 'Failed') return 'failing';
  if (isReady(pod)) return 'ready';
  if (isOnStartingNode(snapshot, pod)) return 'starting';
  const views = containersOf(pod);
  if (views.some((view) => isCrashing(view, pod, snapshot.now))) return 'failing';
  if (views.some((view) => !harmlessWaits.has(view.status?.state.waiting?.reason ?? ''))) return 'failing';
  if (conditionOf(pod.status.conditions, 'PodScheduled')?.status === 'False') {
    const young = (ageOf(snapshot, pod.metadata.creationTimestamp) ?? Infinity) < starting;
    return young || roomOnItsWay(snapshot, refTo('Pod', pod)) !== undefined ? 'starting' : 'failing';
  }
  const running =
    views.filter((view) => !view.init).every((view) => view.status?.state.running !== undefined) && views.length > 0;
  const since = running ? newestStart(pod) : pod.metadata.creationTimestamp;
  const age = ageOf(snapshot, since) ?? Infinity;
  return age > (running ? patienceOf(pod) : creating) ? 'slow' : 'starting';
}

function newestStart(pod: Pod): string | undefined {
  const starts = containersOf(pod).flatMap((view) => view.status?.state.running?.startedAt ?? []);
  return starts.toSorted().at(-1) ?? pod.metadata.creationTimestamp;
}
