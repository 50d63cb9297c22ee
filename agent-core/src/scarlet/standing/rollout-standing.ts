import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Standing } from '../action.ts';
import { ofAllReplicas } from '../sentences.ts';
import { manifestName } from '../targets/manifest-name.ts';

const count = z.int().catch(0).default(0);
const noStatus = {
  observedGeneration: 0,
  replicas: 0,
  updatedReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  desiredNumberScheduled: 0,
  updatedNumberScheduled: 0,
  numberAvailable: 0,
  conditions: [],
};
const Workload = z.looseObject({
  metadata: z.looseObject({ generation: count }),
  spec: z.looseObject({
    replicas: z.int().catch(1).default(1),
    updateStrategy: z
      .looseObject({ rollingUpdate: z.looseObject({ partition: count }).catch({ partition: 0 }).optional() })
      .catch({})
      .optional(),
  }),
  status: z
    .looseObject({
      observedGeneration: count,
      replicas: count,
      updatedReplicas: count,
      readyReplicas: count,
      availableReplicas: count,
      desiredNumberScheduled: count,
      updatedNumberScheduled: count,
      numberAvailable: count,
      conditions: z
        .array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string().optional() }))
        .catch([])
        .default([]),
    })
    .catch(noStatus)
    .default(noStatus),
});
type Workload = z.infer<typeof Workload>;

interface Counts {
  readonly wanted: number;
  /** How many of them the update replaces: a StatefulSet's partition leaves the first ones as they are. */
  readonly renewed: number;
  readonly updated: number;
  readonly available: number;
  readonly old: number;
}

function countsOf(kind: string, { spec, status }: Workload): Counts {
  if (kind === 'DaemonSet') {
    const wanted = status.desiredNumberScheduled;
    return {
      wanted,
      renewed: wanted,
      updated: status.updatedNumberScheduled,
      available: status.numberAvailable,
      old: 0,
    };
  }
  const wanted = spec.replicas;
  if (kind === 'StatefulSet') {
    const renewed = Math.max(0, wanted - (spec.updateStrategy?.rollingUpdate?.partition ?? 0));
    return { wanted, renewed, updated: status.updatedReplicas, available: status.readyReplicas, old: 0 };
  }
  return {
    wanted,
    renewed: wanted,
    updated: status.updatedReplicas,
    available: status.availableReplicas,
    old: status.replicas - status.updatedReplicas,
  };
}

/** As `kubectl rollout status` judges it: Deployment, StatefulSet and DaemonSet. */
export function rolloutStanding(object: Manifest): Standing {
  const read = Workload.parse(object);
  const name = manifestName(object);
  if (read.status.observedGeneration < read.metadata.generation) {
    return { state: 'waiting', says: `${name} has not been looked at by its controller yet.` };
  }
  const { wanted, renewed, updated, available, old } = countsOf(object.kind, read);
  if (updated >= renewed && available >= wanted && old <= 0) {
    return { state: 'succeeded', says: ofAllReplicas(wanted, name, 'updated and available') };
  }
  // Where none are wanted, only old ones have to go: a deadline that was passed is that of the rollout before.
  const late =
    wanted > 0 &&
    read.status.conditions.some(
      (condition) => condition.type === 'Progressing' && condition.reason === 'ProgressDeadlineExceeded',
    );
  if (late) {
    return {
      state: 'failed',
      says: `The rollout of ${name} passed its progress deadline: ${updated} of ${renewed} replicas are updated, ${available} are available.`,
    };
  }
  return {
    state: 'waiting',
    says: `${updated} of ${renewed} replicas of ${name} are updated, ${available} are available${old > 0 ? `, ${old} old ones still run` : ''}.`,
  };
}
