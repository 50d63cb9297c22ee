import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { labelledObject } from './labelled-object.ts';

/** The node that node_exporter speaks of. It is a pod itself: its own labels must not hide the node. */
export function measuredNode(snapshot: Snapshot, series: Series): ObjectRef | undefined {
  const { node, nodename, instance, pod, namespace } = series.labels;
  const direct = labelledObject(snapshot, {
    ...(node === undefined ? {} : { node }),
    ...(nodename === undefined ? {} : { nodename }),
    ...(instance === undefined ? {} : { instance }),
  });
  if (direct?.kind === 'Node') return direct;
  const host = pod === undefined ? undefined : snapshot.get('Pod', namespace ?? '', pod)?.spec.nodeName;
  return host === undefined ? undefined : labelledObject(snapshot, { node: host });
}
