import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import type { HorizontalPodAutoscaler } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** An autoscaler with what it scales. */
export interface Subject {
  readonly snapshot: Snapshot;
  readonly hpa: HorizontalPodAutoscaler;
  readonly ref: ObjectRef;
  readonly target: ObjectRef;
  readonly spec: PodSpec | undefined;
}

function targetSpec(snapshot: Snapshot, kind: string, at: { namespace: string; name: string }): PodSpec | undefined {
  if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'ReplicaSet') return undefined;
  return snapshot.get(kind, at.namespace, at.name)?.spec.template.spec;
}

/** An autoscaler with its target, as far as that is there. */
export function subjectFrom(snapshot: Snapshot, hpa: HorizontalPodAutoscaler): Subject {
  const { kind, name, apiVersion } = hpa.spec.scaleTargetRef;
  const { namespace } = hpa.metadata;
  const found = isKindName(kind) ? snapshot.get(kind, namespace, name) : undefined;
  const target =
    found === undefined || !isKindName(kind) ? { apiVersion, kind, namespace, name, uid: '' } : refTo(kind, found);
  return {
    snapshot,
    hpa,
    ref: refTo('HorizontalPodAutoscaler', hpa),
    target,
    spec: targetSpec(snapshot, kind, { namespace, name }),
  };
}
