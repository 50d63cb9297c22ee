import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { configurationReferences } from './configuration-reference.ts';
import { templateOwner } from '../../workloads/template-owner.ts';
import type { ContainerView } from '../pod-status.ts';

/** A ConfigMap or Secret that was written after the container took its environment from it. */
export interface StaleSource {
  readonly object: ObjectRef;
  /** ISO time of the write. */
  readonly time: string;
}

/**
 * The source of a running container's environment that was written last, if that was after its start. A variable keeps
 * the value that it had at the start: https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
 */
export function staleSource(snapshot: Snapshot, pod: Pod, view: ContainerView): StaleSource | undefined {
  const started = Date.parse(view.status?.state.running?.startedAt ?? '');
  if (Number.isNaN(started)) return undefined;
  const sources = configurationReferences(pod).filter(({ container }) => container === view.spec.name);
  const written = sources.flatMap(({ kind, name }): StaleSource[] => {
    const object = snapshot.get(kind, pod.metadata.namespace, name);
    const time =
      object?.metadata.managers
        .map((manager) => manager.time)
        .toSorted()
        .at(-1) ?? '';
    return object !== undefined && Date.parse(time) > started ? [{ object: refTo(kind, object), time }] : [];
  });
  return written.toSorted((a, b) => b.time.localeCompare(a.time))[0];
}

/** To restart what runs with the environment of before; a CronJob's next run has the new one by itself. */
export function restartForEnvironment(snapshot: Snapshot, pod: Pod): readonly ProposedChange[] {
  const target = templateOwner(snapshot, pod);
  return target === undefined || target.kind === 'CronJob'
    ? []
    : [{ action: 'restart-rollout', target, params: {}, risk: 'medium' }];
}
