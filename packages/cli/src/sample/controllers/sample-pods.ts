import type { ClusterObject, Fields } from './cluster-object.ts';
import { fieldsOf, listOf } from './cluster-object.ts';

/** Where a pod of the sample comes from. */
export interface PodPlan {
  readonly replicaSet: ClusterObject;
  /** How a pod of this template ran in the recording, where one did. */
  readonly recorded: ClusterObject | undefined;
  /** Whether the template served before the recording began; without a recorded pod it counts as healthy then. */
  readonly served: boolean;
  readonly nodeName: string;
  readonly address: string;
  /** Five letters or digits that no other pod has. */
  readonly suffix: string;
  /** ISO 8601. */
  readonly now: string;
}

function condition(type: string, holds: boolean, now: string): Fields {
  return { type, status: holds ? 'True' : 'False', lastTransitionTime: now, lastProbeTime: null };
}

function freshStatus(containers: readonly Fields[], { served, address, now }: PodPlan): Fields {
  const state = served ? { running: { startedAt: now } } : { waiting: { reason: 'ContainerCreating' } };
  return {
    phase: served ? 'Running' : 'Pending',
    startTime: now,
    podIP: address,
    podIPs: [{ ip: address }],
    conditions: [
      condition('PodScheduled', true, now),
      condition('Initialized', true, now),
      condition('ContainersReady', served, now),
      condition('Ready', served, now),
    ],
    containerStatuses: containers.map(({ name, image }) => ({
      name,
      image,
      imageID: '',
      ready: served,
      started: served,
      restartCount: 0,
      state,
      lastState: {},
    })),
  };
}

/**
 * A pod as a kubelet would report it, as far as the recording tells: as a recorded pod of the same template ran; ready
 * where the template served before; otherwise it stays being created, because nobody knows how it would run.
 */
export function samplePod(plan: PodPlan): ClusterObject {
  const {
    replicaSet: { metadata, spec },
    recorded,
    nodeName,
    suffix,
    now,
  } = plan;
  const template = fieldsOf(fieldsOf(spec)['template']);
  const templateMetadata = fieldsOf(template['metadata']);
  const podSpec: Fields = { ...fieldsOf(template['spec']), nodeName };
  const name = `${metadata.name}-${suffix}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: metadata.namespace ?? '',
      uid: `sample-pod-${name}`,
      creationTimestamp: now,
      labels: fieldsOf(templateMetadata['labels']) as Readonly<Record<string, string>>,
      ...(templateMetadata['annotations'] === undefined
        ? {}
        : { annotations: fieldsOf(templateMetadata['annotations']) as Readonly<Record<string, string>> }),
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: metadata.name,
          uid: metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: podSpec,
    status:
      recorded === undefined
        ? freshStatus(listOf(podSpec['containers']), plan)
        : { ...recorded.status, podIP: plan.address, podIPs: [{ ip: plan.address }] },
  };
}
