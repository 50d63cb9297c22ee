import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { workloadOf } from './owner.ts';

const changeable: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'];

/** The workload in whose pod template a pod can be changed; undefined for pods of their own and of Jobs, whose template is fixed. */
export function templateOwner(snapshot: Snapshot, pod: Pod): ObjectRef | undefined {
  const owner = workloadOf(snapshot, pod);
  return changeable.includes(owner.kind) ? owner : undefined;
}
