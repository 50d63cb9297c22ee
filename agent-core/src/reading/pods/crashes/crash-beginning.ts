import type { Snapshot } from '@autodevops/domain/snapshot';
import type { CrashingContainer } from './crashing-container.ts';
import { concernsContainer } from '../event-container.ts';
import { conditionOf } from '../pod-status.ts';
import { newestEvents } from '../../recency.ts';

/**
 * When a container's crashing began, as far as it can be told: its first BackOff event, else the moment since when the
 * pod is not ready (while it crashes that is its last end at the latest), else its last end. ISO; empty when unknown.
 */
export function crashBeganAt(snapshot: Snapshot, crash: CrashingContainer): string {
  const { pod, ref, view, ended } = crash;
  const backOff = newestEvents(snapshot, ref, 'BackOff').find(
    (e) => concernsContainer(e, view.spec.name) && !e.message.includes('pulling image'),
  );
  const lost = conditionOf(pod.status.conditions, 'Ready');
  const times = [backOff?.first, lost?.status === 'False' ? lost.lastTransitionTime : undefined, ended?.finishedAt];
  return times.filter((time): time is string => time !== undefined && time !== '').toSorted()[0] ?? '';
}
