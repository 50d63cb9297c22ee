import type { TimelineEntry } from '@autodevops/domain/diagnosis';
import { refKey } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { focusObjects, neighbourhood } from '../jamie/causes/focus.ts';
import type { Focus } from '../jamie/causes/focus.ts';
import { timeline } from '../timeline/timeline.ts';

export interface ChangesWanted {
  /** In milliseconds since the epoch. */
  readonly from: number;
  /** Only those of these objects and of what they stand on; empty: of everything. */
  readonly focus: readonly Focus[];
  readonly namespace?: string | undefined;
}

/** What changed, newest first. Throws `object.not-found` for an object that is not there. */
export function recentChanges(snapshot: Snapshot, { from, focus, namespace }: ChangesWanted): readonly TimelineEntry[] {
  const keys =
    focus.length === 0
      ? undefined
      : neighbourhood(
          snapshot,
          focus.flatMap((one) => focusObjects(snapshot, one)),
        );
  // What an object stands on may be elsewhere.
  const isInside = ({ object }: TimelineEntry): boolean =>
    keys !== undefined ||
    namespace === undefined ||
    object.namespace === namespace ||
    (object.kind === 'Namespace' && object.name === namespace);
  return timeline(snapshot, from).filter(
    (entry) => isInside(entry) && (keys === undefined || keys.has(refKey(entry.object))),
  );
}
