import { condition, labelSelector, metadata } from './metadata.ts';
import { podTemplate } from './pod.ts';
import { flag, intOrText, json, list, name, number, object, optional, strings, text } from './shape.ts';
import type { Shaped } from './shape.ts';

const rollingUpdate = optional(object({ maxSurge: intOrText, maxUnavailable: intOrText, partition: number }));

export const deployment = object({
  metadata,
  spec: object({
    replicas: number,
    selector: labelSelector,
    template: podTemplate,
    strategy: object({ type: text, rollingUpdate }),
    minReadySeconds: number,
    revisionHistoryLimit: number,
    progressDeadlineSeconds: number,
    paused: flag,
  }),
  status: object({
    observedGeneration: number,
    replicas: number,
    updatedReplicas: number,
    readyReplicas: number,
    availableReplicas: number,
    unavailableReplicas: number,
    conditions: list(condition),
  }),
});
export type Deployment = Shaped<typeof deployment>;

export const replicaSet = object({
  metadata,
  spec: object({ replicas: number, selector: labelSelector, template: podTemplate }),
  status: object({
    observedGeneration: number,
    replicas: number,
    readyReplicas: number,
    availableReplicas: number,
    conditions: list(condition),
  }),
});
export type ReplicaSet = Shaped<typeof replicaSet>;

/** Its selector is a plain map, as a Service's. */
export const replicationController = object({
  metadata,
  spec: object({ replicas: number, selector: strings, template: podTemplate }),
  status: object({ replicas: number, readyReplicas: number, conditions: list(condition) }),
});

const claimTemplate = object({
  metadata: object({ name, labels: strings }),
  spec: object({
    accessModes: list(name),
    storageClassName: text,
    resources: object({ requests: strings }),
    volumeMode: text,
  }),
});

export const statefulSet = object({
  metadata,
  spec: object({
    replicas: number,
    selector: labelSelector,
    serviceName: text,
    template: podTemplate,
    podManagementPolicy: text,
    updateStrategy: object({ type: text, rollingUpdate }),
    volumeClaimTemplates: list(claimTemplate),
    ordinals: optional(object({ start: number })),
  }),
  status: object({
    observedGeneration: number,
    replicas: number,
    readyReplicas: number,
    currentReplicas: number,
    updatedReplicas: number,
    availableReplicas: number,
    currentRevision: text,
    updateRevision: text,
    conditions: list(condition),
  }),
});
export type StatefulSet = Shaped<typeof statefulSet>;

export const daemonSet = object({
  metadata,
  spec: object({
    selector: labelSelector,
    template: podTemplate,
    updateStrategy: object({ type: text, rollingUpdate }),
    minReadySeconds: number,
  }),
  status: object({
    observedGeneration: number,
    desiredNumberScheduled: number,
    currentNumberScheduled: number,
    numberReady: number,
    numberAvailable: number,
    numberUnavailable: number,
    numberMisscheduled: number,
    updatedNumberScheduled: number,
    conditions: list(condition),
  }),
});
export type DaemonSet = Shaped<typeof daemonSet>;

const jobSpec = object({
  parallelism: number,
  completions: number,
  activeDeadlineSeconds: number,
  backoffLimit: number,
  backoffLimitPerIndex: number,
  suspend: flag,
  ttlSecondsAfterFinished: number,
  completionMode: text,
  template: podTemplate,
  selector: optional(labelSelector),
  podFailurePolicy: json,
});

export const job = object({
  metadata,
  spec: jobSpec,
  status: object({
    active: number,
    ready: number,
    succeeded: number,
    failed: number,
    failedIndexes: text,
    startTime: text,
    completionTime: text,
    conditions: list(condition),
  }),
});
export type Job = Shaped<typeof job>;

export const cronJob = object({
  metadata,
  spec: object({
    schedule: name,
    timeZone: text,
    suspend: flag,
    concurrencyPolicy: text,
    startingDeadlineSeconds: number,
    successfulJobsHistoryLimit: number,
    failedJobsHistoryLimit: number,
    jobTemplate: object({ metadata: object({ labels: strings }), spec: jobSpec }),
  }),
  status: object({
    active: list(object({ kind: name, name, namespace: name, uid: name })),
    lastScheduleTime: text,
    lastSuccessfulTime: text,
  }),
});
export type CronJob = Shaped<typeof cronJob>;

/** Only what a timeline needs; `data` (the whole template) is dropped. */
export const controllerRevision = object({ metadata, revision: number });
export type ControllerRevision = Shaped<typeof controllerRevision>;

const metricTarget = object({ type: name, averageUtilization: number, averageValue: text, value: text });
export const horizontalPodAutoscaler = object({
  metadata,
  spec: object({
    scaleTargetRef: object({ apiVersion: name, kind: name, name }),
    minReplicas: number,
    maxReplicas: number,
    metrics: list(
      object({
        type: name,
        resource: optional(object({ name, target: metricTarget })),
        containerResource: optional(object({ name, container: name, target: metricTarget })),
        pods: optional(object({ metric: object({ name }), target: metricTarget })),
        object: optional(object({ metric: object({ name }), target: metricTarget })),
        external: optional(object({ metric: object({ name }), target: metricTarget })),
      }),
    ),
    /** autoscaling/v1 */
    targetCPUUtilizationPercentage: number,
  }),
  status: object({
    observedGeneration: number,
    currentReplicas: number,
    desiredReplicas: number,
    lastScaleTime: text,
    currentMetrics: json,
    conditions: list(condition),
  }),
});
export type HorizontalPodAutoscaler = Shaped<typeof horizontalPodAutoscaler>;

export const podDisruptionBudget = object({
  metadata,
  spec: object({ minAvailable: intOrText, maxUnavailable: intOrText, selector: optional(labelSelector) }),
  status: object({
    observedGeneration: number,
    disruptionsAllowed: number,
    currentHealthy: number,
    desiredHealthy: number,
    expectedPods: number,
    conditions: list(condition),
  }),
});
export type PodDisruptionBudget = Shaped<typeof podDisruptionBudget>;
