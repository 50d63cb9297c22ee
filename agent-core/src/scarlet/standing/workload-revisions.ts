import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { isReady } from '../../reading/pods/pod-status.ts';
import type { Live } from '../action.ts';
import { ownedBy } from '../targets/controller.ts';
import { fieldAt } from '../patches/field-patch.ts';
import type { Json } from '../patches/field-patch.ts';
import { podsOf } from './pods-of.ts';

/** A revision of a workload that can still be returned to. */
export interface WorkloadRevision {
  readonly number: number;
  /** Of the ReplicaSet or ControllerRevision that keeps it. */
  readonly name: string;
  readonly template: Json;
  /** How many pods of it there are now, and how many of these are ready. */
  readonly pods: number;
  readonly ready: number;
}

/** What a controller writes into the copies that it keeps of a template. */
function asWritten(template: unknown): Json {
  const { $patch: _patch, ...rest } = structuredClone(template ?? {}) as {
    $patch?: Json;
    metadata?: { labels?: Record<string, Json> };
  };
  if (rest.metadata?.labels !== undefined) delete rest.metadata.labels['pod-template-hash'];
  return rest as Json;
}

function ofReplicaSet(set: Manifest): WorkloadRevision {
  return {
    number: Number(fieldAt(set, ['metadata', 'annotations', 'deployment.kubernetes.io/revision']) ?? 0),
    name: set.metadata.name,
    template: asWritten(fieldAt(set, ['spec', 'template'])),
    pods: Number(fieldAt(set, ['status', 'replicas']) ?? 0),
    ready: Number(fieldAt(set, ['status', 'readyReplicas']) ?? 0),
  };
}

/** Pods of a StatefulSet bear the revision's name, those of a DaemonSet its hash. */
function ofControllerRevision(revision: Manifest, pods: readonly Manifest[]): WorkloadRevision {
  const hash = fieldAt(revision, ['metadata', 'labels', 'controller-revision-hash']) ?? revision.metadata.name;
  const own = pods.filter((pod) =>
    [hash, revision.metadata.name].some(
      (own) => own !== undefined && own === fieldAt(pod, ['metadata', 'labels', 'controller-revision-hash']),
    ),
  );
  return {
    number: Number(fieldAt(revision, ['revision']) ?? 0),
    name: revision.metadata.name,
    template: asWritten(fieldAt(revision, ['data', 'spec', 'template'])),
    pods: own.length,
    ready: own.filter((pod) => isReady(kinds.Pod.shape.read(pod))).length,
  };
}

/** Revisions of a Deployment, StatefulSet or DaemonSet, newest first. */
export async function workloadRevisions(workload: Manifest, live: Live): Promise<readonly WorkloadRevision[]> {
  const found =
    workload.kind === 'Deployment'
      ? (await ownedBy(workload, { apiVersion: 'apps/v1', kind: 'ReplicaSet' }, live)).map(ofReplicaSet)
      : await controllerRevisions(workload, live);
  return found
    .filter(({ number }) => Number.isSafeInteger(number) && number > 0)
    .toSorted((a, b) => b.number - a.number);
}

async function controllerRevisions(workload: Manifest, live: Live): Promise<readonly WorkloadRevision[]> {
  const pods = await podsOf(workload, live);
  const revisions = await ownedBy(workload, { apiVersion: 'apps/v1', kind: 'ControllerRevision' }, live);
  return revisions.map((revision) => ofControllerRevision(revision, pods));
}
