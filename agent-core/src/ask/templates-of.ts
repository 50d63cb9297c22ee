import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { workloadOf } from '../reading/workloads/owner.ts';
import { workloadTemplates } from '../reading/workloads/workload-templates.ts';
import { podsOf } from './entrances.ts';

/** What an object runs: the pod template of a workload, of a job, or a pod's own spec. */
export interface Running {
  readonly ref: ObjectRef;
  readonly spec: PodSpec;
}

function ofOne(snapshot: Snapshot, ref: ObjectRef): readonly Running[] {
  const { kind, namespace, name } = ref;
  const workload = workloadTemplates(snapshot, namespace).find((t) => t.ref.kind === kind && t.ref.name === name);
  if (workload !== undefined) return [{ ref: workload.ref, spec: workload.spec }];
  if (kind === 'CronJob') {
    return [snapshot.get('CronJob', namespace, name)?.spec.jobTemplate.spec.template.spec].flatMap((spec) =>
      spec === undefined ? [] : [{ ref, spec }],
    );
  }
  if (kind === 'Job') {
    return [snapshot.get('Job', namespace, name)?.spec.template.spec].flatMap((spec) =>
      spec === undefined ? [] : [{ ref, spec }],
    );
  }
  if (kind === 'ReplicaSet') {
    return [snapshot.get('ReplicaSet', namespace, name)?.spec.template.spec].flatMap((spec) =>
      spec === undefined ? [] : [{ ref, spec }],
    );
  }
  const pods = podsOf(snapshot, ref);
  if (kind === 'Pod') return pods.map((pod) => ({ ref, spec: pod.spec }));
  return pods.flatMap((pod) => ofOne(snapshot, workloadOf(snapshot, pod)));
}

/** What the objects run, each workload once; a Service gives what stands behind it. */
export function templatesOf(snapshot: Snapshot, refs: readonly ObjectRef[]): readonly Running[] {
  return [
    ...new Map(refs.flatMap((ref) => ofOne(snapshot, ref)).map((running) => [refKey(running.ref), running])).values(),
  ];
}
