import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf } from '../reading/workloads/owner.ts';
import type { Edge } from './edge.ts';

function ownerEdges(snapshot: Snapshot): Edge[] {
  return kindNames.flatMap((kind) => {
    if (
      kind === 'Event' ||
      kind === 'EndpointSlice' ||
      kind === 'Endpoints' ||
      kind === 'Lease' ||
      kind === 'ControllerRevision'
    ) {
      return [];
    }
    return snapshot.list(kind).flatMap((object): Edge[] => {
      const owner = controllerOf(object);
      if (owner === undefined || owner.kind === 'Node') return [];
      return [{ from: owner, to: refTo(kind, object), verb: 'owns', detail: '' }];
    });
  });
}

function storageEdges(snapshot: Snapshot): Edge[] {
  const claims = snapshot.list('PersistentVolumeClaim').flatMap((claim): Edge[] => {
    const from = refTo('PersistentVolumeClaim', claim);
    const edges: Edge[] = [];
    const { volumeName, storageClassName } = claim.spec;
    if (volumeName !== undefined && volumeName !== '') {
      edges.push({ from, to: refByName('PersistentVolume', '', volumeName), verb: 'binds', detail: '' });
    }
    if (storageClassName !== undefined && storageClassName !== '') {
      edges.push({ from, to: refByName('StorageClass', '', storageClassName), verb: 'is provisioned by', detail: '' });
    }
    return edges;
  });
  return claims;
}

function scalerEdges(snapshot: Snapshot): Edge[] {
  return snapshot.list('HorizontalPodAutoscaler').map((hpa) => {
    const { apiVersion, kind, name } = hpa.spec.scaleTargetRef;
    const to = { apiVersion, kind, namespace: hpa.metadata.namespace, name, uid: '' };
    return { from: refTo('HorizontalPodAutoscaler', hpa), to, verb: 'scales', detail: '' };
  });
}

/** Owners, storage and scalers. */
export function objectEdges(snapshot: Snapshot): readonly Edge[] {
  return [...ownerEdges(snapshot), ...storageEdges(snapshot), ...scalerEdges(snapshot)];
}
