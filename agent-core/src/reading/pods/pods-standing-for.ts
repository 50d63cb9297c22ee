import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { workloadOf } from '../workloads/owner.ts';
import { podsBehind } from '../network/service-pods.ts';

/** The pods that stand for an object: a pod itself, those behind a Service, those of a workload; none for what has no namespace. */
export function podsStandingFor(snapshot: Snapshot, ref: ObjectRef): readonly Pod[] {
  if (ref.kind === 'Pod') {
    const pod = snapshot.get('Pod', ref.namespace, ref.name);
    return pod === undefined ? [] : [pod];
  }
  if (ref.kind === 'Service') {
    const service = snapshot.get('Service', ref.namespace, ref.name);
    return service === undefined ? [] : podsBehind(snapshot, service);
  }
  if (ref.namespace === '') return [];
  return snapshot.listIn('Pod', ref.namespace).filter((pod) => refKey(workloadOf(snapshot, pod)) === refKey(ref));
}
