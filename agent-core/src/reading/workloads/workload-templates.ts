import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';

/** What makes pods, and the labels they get. A pod without an owner stands for itself. */
export interface WorkloadTemplate {
  readonly ref: ObjectRef;
  readonly metadata: Metadata;
  readonly labels: Readonly<Record<string, string>>;
  readonly labelsPath: string;
  readonly spec: PodSpec;
  /** How many pods it wants. */
  readonly replicas: number;
  /** How many are ready by its own count. */
  readonly ready: number;
}

const templatePath = 'spec.template.metadata.labels';

function replicated(snapshot: Snapshot): WorkloadTemplate[] {
  return (['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'] as const).flatMap((kind) =>
    snapshot.list(kind).flatMap((object): WorkloadTemplate[] => {
      const { metadata, spec } = object;
      // A Deployment's ReplicaSets are the Deployment; a StatefulSet that an operator owns counts.
      if (kind === 'ReplicaSet' && metadata.ownerReferences.some((owner) => owner.controller === true)) return [];
      const { template } = spec;
      return [
        {
          ref: refTo(kind, object),
          metadata,
          labels: template.metadata.labels,
          labelsPath: templatePath,
          spec: template.spec,
          replicas: spec.replicas ?? 1,
          ready: object.status.readyReplicas ?? 0,
        },
      ];
    }),
  );
}

function daemonSets(snapshot: Snapshot): WorkloadTemplate[] {
  return snapshot.list('DaemonSet').map((object) => ({
    ref: refTo('DaemonSet', object),
    metadata: object.metadata,
    labels: object.spec.template.metadata.labels,
    labelsPath: templatePath,
    spec: object.spec.template.spec,
    replicas: object.status.desiredNumberScheduled ?? 0,
    ready: object.status.numberReady ?? 0,
  }));
}

function barePods(snapshot: Snapshot): WorkloadTemplate[] {
  return snapshot
    .list('Pod')
    .filter((pod) => pod.metadata.ownerReferences.length === 0 && pod.spec.restartPolicy !== 'Never')
    .map((pod) => ({
      ref: refTo('Pod', pod),
      metadata: pod.metadata,
      labels: pod.metadata.labels,
      labelsPath: 'metadata.labels',
      spec: pod.spec,
      replicas: 1,
      ready: 0,
    }));
}

const byNamespace = perSnapshot((snapshot) => {
  const index = new Map<string, WorkloadTemplate[]>();
  for (const template of [...replicated(snapshot), ...daemonSets(snapshot), ...barePods(snapshot)]) {
    pushTo(index, template.ref.namespace, template);
  }
  return index;
});

/** Long-running workloads of a namespace: Deployments, StatefulSets, DaemonSets, lone ReplicaSets and pods. */
export function workloadTemplates(snapshot: Snapshot, namespace: string): readonly WorkloadTemplate[] {
  return byNamespace(snapshot).get(namespace) ?? [];
}

/** Namespaces in which there is any. */
export function workloadNamespaces(snapshot: Snapshot): readonly string[] {
  return [...byNamespace(snapshot).keys()];
}
