import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** An event older than this says nothing of the present by itself. */
export const recentWindow = 60 * 60_000;

/** Milliseconds from an ISO time to the snapshot's now; undefined when there is no such time. Never negative. */
export function ageOf(snapshot: Snapshot, time: string | undefined): number | undefined {
  if (time === undefined || time === '') return undefined;
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? undefined : Math.max(0, snapshot.now - parsed);
}

export function isRecent(snapshot: Snapshot, time: string | undefined, window = recentWindow): boolean {
  const age = ageOf(snapshot, time);
  return age !== undefined && age <= window;
}

/** Events about an object, newest first, narrowed to reasons (any when none are named). */
export function newestEvents(
  snapshot: Snapshot,
  ref: { kind: string; namespace: string; name: string; uid?: string },
  ...reasons: string[]
): readonly ClusterEvent[] {
  const all = snapshot.eventsOf(ref);
  const wanted = reasons.length === 0 ? all : all.filter((event) => reasons.includes(event.reason));
  return wanted.toReversed();
}
