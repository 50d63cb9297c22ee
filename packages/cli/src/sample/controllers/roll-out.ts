import { isDeepStrictEqual } from 'node:util';
import { fieldsOf, isOwnedBy, isReady } from './cluster-object.ts';
import type { ClusterObject, Fields, ObjectChange } from './cluster-object.ts';
import { samplePod } from './sample-pods.ts';

/** What the stand-in for the Deployment controller sees of the cluster, now and as it was recorded. */
export interface RolloutScene {
  readonly replicaSets: readonly ClusterObject[];
  readonly pods: readonly ClusterObject[];
  readonly recorded: { readonly replicaSets: readonly ClusterObject[]; readonly pods: readonly ClusterObject[] };
  readonly nodes: readonly string[];
  /** ISO 8601. */
  readonly now: string;
  /** Rises with every call, so that no two objects get one name. */
  readonly next: () => number;
}

const revisionKey = 'deployment.kubernetes.io/revision';
const hashKey = 'pod-template-hash';
const nameLetters = 5;

function templateOf({ spec }: ClusterObject): Fields {
  return fieldsOf(fieldsOf(spec)['template']);
}

/** A template without the label by which a ReplicaSet tells its pods from others. */
function bare(template: Fields): Fields {
  const metadata = fieldsOf(template['metadata']);
  const labels = Object.fromEntries(Object.entries(fieldsOf(metadata['labels'])).filter(([key]) => key !== hashKey));
  const { creationTimestamp: _made, ...rest } = metadata;
  return { ...template, metadata: { ...rest, labels } };
}

function revisionOf({ metadata }: ClusterObject): number {
  return Number(metadata.annotations?.[revisionKey] ?? 0);
}

function suffixOf(count: number): string {
  return `smp${count.toString(36).padStart(nameLetters - 3, '0')}`;
}

function newReplicaSet(deployment: ClusterObject, { now, next }: RolloutScene): ClusterObject {
  const { metadata, spec } = deployment;
  const template = templateOf(deployment);
  const templateMetadata = fieldsOf(template['metadata']);
  const hash = `sample${next().toString(36)}`;
  const labels = { ...fieldsOf(templateMetadata['labels']), [hashKey]: hash } as Readonly<Record<string, string>>;
  const name = `${metadata.name}-${hash}`;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: metadata.namespace ?? '',
      uid: `sample-${name}`,
      creationTimestamp: now,
      generation: 1,
      labels,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: metadata.name,
          uid: metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: { ...fieldsOf(fieldsOf(fieldsOf(spec)['selector'])['matchLabels']), [hashKey]: hash } },
      template: { ...template, metadata: { ...templateMetadata, labels } },
    },
    status: {},
  };
}

function scaled(
  replicaSet: ClusterObject,
  replicas: number,
  pods: readonly ClusterObject[],
  revision: number,
): ClusterObject {
  const ready = pods.filter(isReady).length;
  return {
    ...replicaSet,
    metadata: {
      ...replicaSet.metadata,
      annotations: { ...replicaSet.metadata.annotations, [revisionKey]: String(revision) },
    },
    spec: { ...replicaSet.spec, replicas },
    status: {
      observedGeneration: replicaSet.metadata.generation ?? 1,
      replicas: pods.length,
      fullyLabeledReplicas: pods.length,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  };
}

/** Pods of a template, as many as are wanted: those that are there, and new ones. */
function podsOf(replicaSet: ClusterObject, wanted: number, scene: RolloutScene): readonly ClusterObject[] {
  const there = scene.pods.filter((pod) => isOwnedBy(pod, replicaSet)).slice(0, wanted);
  const spec = templateOf(replicaSet)['spec'];
  // A restart changes an annotation only: its pods run as those before did.
  const alike = scene.recorded.replicaSets.filter((known) => isDeepStrictEqual(templateOf(known)['spec'], spec));
  const recorded = scene.recorded.pods.find((pod) => alike.some((known) => isOwnedBy(pod, known)));
  const added = Array.from({ length: wanted - there.length }, () => {
    const count = scene.next();
    return samplePod({
      replicaSet,
      recorded,
      served: alike.length > 0,
      now: scene.now,
      suffix: suffixOf(count),
      nodeName: scene.nodes[count % Math.max(1, scene.nodes.length)] ?? '',
      address: `10.244.9.${count % 250}`,
    });
  });
  return [...there, ...added];
}

function condition(type: string, holds: boolean, reason: string, message: string, now: string): Fields {
  return { type, status: holds ? 'True' : 'False', reason, message, lastUpdateTime: now, lastTransitionTime: now };
}

/** The pods after the rollout has come as far as it can. */
interface Reached {
  /** Of the wanted template. */
  readonly updated: readonly ClusterObject[];
  /** Of earlier ones that go on serving, because not all of the new are ready. */
  readonly kept: readonly ClusterObject[];
}

/** All at once where the new pods are ready; else one new pod beside the old ones, unless those have to go first. */
function reach(deployment: ClusterObject, wanted: number, target: ClusterObject, scene: RolloutScene): Reached {
  const updated = podsOf(target, wanted, scene);
  const recreates = fieldsOf(fieldsOf(deployment.spec)['strategy'])['type'] === 'Recreate';
  if (recreates || updated.every(isReady)) return { updated, kept: [] };
  const others = scene.replicaSets.filter((replicaSet) => isOwnedBy(replicaSet, deployment) && replicaSet !== target);
  const kept = scene.pods
    .filter((pod) => isReady(pod) && others.some((replicaSet) => isOwnedBy(pod, replicaSet)))
    .slice(0, wanted);
  return kept.length === 0 ? { updated, kept } : { updated: updated.slice(0, Math.max(1, wanted - kept.length)), kept };
}

function deploymentStatus(
  { metadata }: ClusterObject,
  wanted: number,
  { updated, kept }: Reached,
  { name, now }: { readonly name: string; readonly now: string },
): Fields {
  const ready = [...updated, ...kept].filter(isReady).length;
  const available = ready >= wanted;
  const done = kept.length === 0 && updated.filter(isReady).length >= wanted;
  return {
    observedGeneration: metadata.generation ?? 1,
    replicas: updated.length + kept.length,
    updatedReplicas: updated.length,
    readyReplicas: ready,
    availableReplicas: ready,
    ...(available ? {} : { unavailableReplicas: wanted - ready }),
    conditions: [
      condition(
        'Available',
        available,
        available ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        `Deployment ${available ? 'has' : 'does not have'} minimum availability.`,
        now,
      ),
      // Nothing goes on in a recording: what is not ready at once is never going to be.
      condition(
        'Progressing',
        done,
        done ? 'NewReplicaSetAvailable' : 'ProgressDeadlineExceeded',
        done
          ? `ReplicaSet "${name}" has successfully progressed.`
          : `ReplicaSet "${name}" does not progress: a recording does not know how its pods would run.`,
        now,
      ),
    ],
  };
}

function podChanges(before: readonly ClusterObject[], { updated, kept }: Reached): readonly ObjectChange[] {
  const after = new Set([...updated, ...kept].map(({ metadata }) => metadata.uid));
  const known = new Set(before.map(({ metadata }) => metadata.uid));
  return [
    ...before
      .filter(({ metadata }) => !after.has(metadata.uid))
      .map((object) => ({ type: 'DELETED' as const, object })),
    ...updated.filter(({ metadata }) => !known.has(metadata.uid)).map((object) => ({ type: 'ADDED' as const, object })),
  ];
}

/** What the Deployment controller and the kubelets would make of a Deployment, all at once: for the sample only. */
export function rollOut(deployment: ClusterObject, scene: RolloutScene): readonly ObjectChange[] {
  const wanted = Number(fieldsOf(deployment.spec)['replicas'] ?? 1);
  const owned = scene.replicaSets.filter((replicaSet) => isOwnedBy(replicaSet, deployment));
  const template = bare(templateOf(deployment));
  const found = owned.find((replicaSet) => isDeepStrictEqual(bare(templateOf(replicaSet)), template));
  const target = found ?? newReplicaSet(deployment, scene);
  const newest = Math.max(0, ...owned.map(revisionOf));
  const revision = found !== undefined && revisionOf(found) === newest ? newest : newest + 1;
  const reached = reach(deployment, wanted, target, scene);
  const others = owned
    .filter((replicaSet) => replicaSet !== found)
    .map((replicaSet) => {
      const pods = reached.kept.filter((pod) => isOwnedBy(pod, replicaSet));
      return { type: 'MODIFIED' as const, object: scaled(replicaSet, pods.length, pods, revisionOf(replicaSet)) };
    });
  return [
    ...podChanges(
      scene.pods.filter((pod) => owned.some((replicaSet) => isOwnedBy(pod, replicaSet))),
      reached,
    ),
    ...others,
    {
      type: found === undefined ? 'ADDED' : 'MODIFIED',
      object: scaled(target, reached.updated.length, reached.updated, revision),
    },
    {
      type: 'MODIFIED',
      object: {
        ...deployment,
        metadata: {
          ...deployment.metadata,
          annotations: { ...deployment.metadata.annotations, [revisionKey]: String(revision) },
        },
        status: deploymentStatus(deployment, wanted, reached, { name: target.metadata.name, now: scene.now }),
      },
    },
  ];
}
