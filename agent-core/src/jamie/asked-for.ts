import type { BlindSpot, Cause } from '@autodevops/domain/diagnosis';
import { isKindName, kindNames } from '@autodevops/domain/kubernetes/kinds';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { nearMatches } from '../reading/near-match.ts';
import { matchesLabels } from '../reading/selector.ts';
import { severityRank } from './causes/cause-group.ts';
import { concerns, focusObjects, neighbourhood } from './causes/focus.ts';
import type { DiagnoseOptions } from './diagnose-options.ts';

function labelled(snapshot: Snapshot, labels: Readonly<Record<string, string>>): readonly ObjectRef[] {
  return kindNames.flatMap((kind) =>
    snapshot
      .list(kind)
      .filter((o) => matchesLabels(labels, o.metadata.labels))
      .map((o) => refTo(kind, o)),
  );
}

/** Whether a cause concerns the objects, labels or namespaces that were asked about. */
export function isInScope(snapshot: Snapshot, settings: DiagnoseOptions): (cause: Cause) => boolean {
  const { focus, labels, namespaces } = settings;
  if (focus !== undefined && focus.length > 0) {
    const keys = neighbourhood(
      snapshot,
      focus.flatMap((f) => focusObjects(snapshot, f)),
    );
    return (cause) => concerns(cause, keys);
  }
  if (labels !== undefined) {
    const keys = neighbourhood(snapshot, labelled(snapshot, labels));
    return (cause) => concerns(cause, keys);
  }
  if (namespaces === undefined) return () => true;
  const inside = (ref: ObjectRef): boolean =>
    namespaces.includes(ref.namespace) || (ref.kind === 'Namespace' && namespaces.includes(ref.name));
  return (cause) => inside(cause.object) || cause.symptoms.some((s) => inside(s.object));
}

/** Whether a cause is as grave and as recent as was asked for. */
export function isWanted(snapshot: Snapshot, settings: DiagnoseOptions): (cause: Cause) => boolean {
  const from = settings.beganWithin === undefined ? undefined : snapshot.now - settings.beganWithin;
  const least = severityRank(settings.minSeverity ?? 'info');
  return (cause) => {
    if (severityRank(cause.severity) < least) return false;
    const began = Date.parse(cause.since);
    return from === undefined || Number.isNaN(began) || began >= from;
  };
}

function existing(ref: ObjectRef, snapshot: Snapshot): boolean {
  return !isKindName(ref.kind) || snapshot.get(ref.kind, ref.namespace, ref.name) !== undefined;
}

/** What was asked about and is not there. */
export function scopeBlindSpots(snapshot: Snapshot, settings: DiagnoseOptions): readonly BlindSpot[] {
  const spots: BlindSpot[] = [];
  for (const name of settings.namespaces ?? []) {
    if (
      snapshot.saw('Namespace') &&
      !existing({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name, uid: '' }, snapshot)
    ) {
      const near = nearMatches(
        name,
        snapshot.list('Namespace').map((n) => n.metadata.name),
      );
      const remedy =
        near.length === 0 ? 'Check the name given with -n.' : `Did you mean ${near.map((n) => `"${n}"`).join(', ')}?`;
      spots.push({ what: `namespace ${name}`, why: 'There is no namespace of that name.', remedy });
    }
  }
  return spots;
}
