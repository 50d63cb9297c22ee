import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { pod as podShape } from '@autodevops/domain/kubernetes/pod';
import type { PodTemplate } from '@autodevops/domain/kubernetes/pod';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Edge } from '../graph/edge.ts';
import { graphOf } from '../graph/graph.ts';
import { podEdges } from '../graph/pod-edges.ts';
import { topOwner } from '../reading/workloads/owner.ts';

/** A workload's template leans on things even where no pod of it runs. */
function templateEdges(snapshot: Snapshot): readonly Edge[] {
  const edgesOf = (kind: KindName, object: { readonly metadata: Metadata }, template: PodTemplate): readonly Edge[] => {
    const standIn = { ...podShape.read({}), metadata: object.metadata, spec: template.spec };
    return podEdges(snapshot, standIn).map((edge) => ({ ...edge, from: refTo(kind, object) }));
  };
  return [
    ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const).flatMap((kind) =>
      snapshot.list(kind).flatMap((o) => edgesOf(kind, o, o.spec.template)),
    ),
    ...snapshot.list('CronJob').flatMap((o) => edgesOf('CronJob', o, o.spec.jobTemplate.spec.template)),
  ];
}

function topOf(snapshot: Snapshot, ref: ObjectRef): ObjectRef {
  if (!isKindName(ref.kind)) return ref;
  const object = snapshot.get(ref.kind, ref.namespace, ref.name);
  return object === undefined ? ref : topOwner(snapshot, ref.kind, object);
}

/** Who leans on an object, by workload rather than by pod, and through what. */
export function usersOf(snapshot: Snapshot, target: ObjectRef): readonly { user: ObjectRef; how: string }[] {
  const key = refKey(target);
  const edges = [...graphOf(snapshot).to(key), ...templateEdges(snapshot).filter((edge) => refKey(edge.to) === key)];
  const found = new Map<string, { user: ObjectRef; how: string }>();
  for (const edge of edges) {
    if (edge.verb === 'owns') continue;
    const user = topOf(snapshot, edge.from);
    const how = edge.detail === '' ? edge.verb : `${edge.verb} (${edge.detail})`;
    found.set(`${refKey(user)}|${how}`, { user, how });
  }
  return [...found.values()].toSorted(
    (a, b) => refText(a.user).localeCompare(refText(b.user)) || a.how.localeCompare(b.how),
  );
}
