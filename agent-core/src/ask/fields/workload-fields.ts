import type { Field } from './field.ts';
import { field, one, pairs, yesOrNo } from './field.ts';
import { selectorText } from '../../reading/selector.ts';
import { revisionsOf } from '../../timeline/revision.ts';
import { refTo } from '@autodevops/domain/object-ref';
import { agoOf } from '../time-words.ts';
import { count } from './measures.ts';

type Rolling =
  | {
      readonly maxSurge: string | number | undefined;
      readonly maxUnavailable: string | number | undefined;
      readonly partition: number | undefined;
    }
  | undefined;

/** "RollingUpdate, at most 1 more and 0 less than wanted". */
function strategyText(type: string | undefined, rolling: Rolling): readonly string[] {
  const bounds = [
    rolling?.maxSurge === undefined ? '' : `max surge ${rolling.maxSurge}`,
    rolling?.maxUnavailable === undefined ? '' : `max unavailable ${rolling.maxUnavailable}`,
    (rolling?.partition ?? 0) === 0 ? '' : `partition ${rolling?.partition}`,
  ].filter((part) => part !== '');
  return type === undefined ? [] : [[type, ...bounds].join(', ')];
}

function seconds(value: number | undefined): readonly string[] {
  return value === undefined ? [] : [`${value} s`];
}

/** What those who make pods say of themselves. */
export const workloadFields: readonly Field[] = [
  field(
    'replica',
    '(?:wanted |desired )?replicas?(?: counts?)?',
    {
      Deployment: ({ spec }) => [String(spec.replicas ?? 1)],
      StatefulSet: ({ spec }) => [String(spec.replicas ?? 1)],
      ReplicaSet: ({ spec }) => [String(spec.replicas ?? 1)],
      DaemonSet: ({ status }) => one(status.desiredNumberScheduled),
    },
    { measure: count },
  ),
  field(
    'ready replica',
    'ready (?:replicas?|pods?)',
    {
      Deployment: ({ status }) => [String(status.readyReplicas ?? 0)],
      StatefulSet: ({ status }) => [String(status.readyReplicas ?? 0)],
      DaemonSet: ({ status }) => [String(status.numberReady ?? 0)],
    },
    { measure: count },
  ),
  field(
    'missing replica',
    '(?:miss(?:ing)?|unavailable|lack(?:ing)?) (?:replicas?|pods?)|(?:replicas?|pods?) missing|fewer (?:ready )?(?:replicas?|pods?) than (?:they )?(?:wanted|want|desired|should(?: have)?|need)',
    {
      Deployment: ({ spec, status }) => [String(Math.max(0, (spec.replicas ?? 1) - (status.readyReplicas ?? 0)))],
      StatefulSet: ({ spec, status }) => [String(Math.max(0, (spec.replicas ?? 1) - (status.readyReplicas ?? 0)))],
      DaemonSet: ({ status }) => [
        String(Math.max(0, (status.desiredNumberScheduled ?? 0) - (status.numberReady ?? 0))),
      ],
    },
    { measure: count },
  ),
  field(
    'strategy',
    '(?:(?:roll ?out|deployment|update|rolling update|upgrade) )?strateg(?:y|ies)|max ?(?:surge|unavailable)',
    {
      Deployment: ({ spec }) => strategyText(spec.strategy.type, spec.strategy.rollingUpdate),
      StatefulSet: ({ spec }) => strategyText(spec.updateStrategy.type, spec.updateStrategy.rollingUpdate),
      DaemonSet: ({ spec }) => strategyText(spec.updateStrategy.type, spec.updateStrategy.rollingUpdate),
    },
    { values: /^(?:recreate|rolling ?update|on ?delete)$/i },
  ),
  field('selector', '(?:pod |label )?selectors?', {
    Deployment: ({ spec }) => one(selectorText(spec.selector)),
    StatefulSet: ({ spec }) => one(selectorText(spec.selector)),
    DaemonSet: ({ spec }) => one(selectorText(spec.selector)),
    ReplicaSet: ({ spec }) => one(selectorText(spec.selector)),
    Service: ({ spec }) => pairs(spec.selector),
    PodDisruptionBudget: ({ spec }) => (spec.selector === undefined ? [] : one(selectorText(spec.selector))),
    NetworkPolicy: ({ spec }) => [selectorText(spec.podSelector) || 'every pod'],
  }),
  field('revision', 'revisions?', {
    Deployment: (deployment, snapshot) =>
      revisionsOf(snapshot, refTo('Deployment', deployment)).map(
        ({ number, created }) => `${number} (${agoOf({ snapshot }, created)})`,
      ),
  }),
  field('history limit', '(?:revision )?history limits?', {
    Deployment: ({ spec }) => one(spec.revisionHistoryLimit),
    CronJob: ({ spec }) => [
      `${spec.successfulJobsHistoryLimit ?? 3} that succeeded`,
      `${spec.failedJobsHistoryLimit ?? 1} that failed`,
    ],
  }),
  field(
    'progress deadline',
    'progress deadlines?',
    { Deployment: ({ spec }) => seconds(spec.progressDeadlineSeconds) },
    { measure: count },
  ),
  field('governing service', '(?:governing|headless) services?', { StatefulSet: ({ spec }) => one(spec.serviceName) }),
  field('schedule', '(?:cron )?schedules?', { CronJob: ({ spec }) => one(spec.schedule) }),
  field('time zone', 'time ?zones?', { CronJob: ({ spec }) => one(spec.timeZone) }),
  field(
    'concurrency policy',
    'concurrency(?: polic(?:y|ies))?',
    { CronJob: ({ spec }) => one(spec.concurrencyPolicy) },
    { values: /^(?:forbid|replace)$/i },
  ),
  field('last success', 'last success(?:ful run)?', { CronJob: ({ status }) => one(status.lastSuccessfulTime) }),
  field(
    'backoff limit',
    'back ?off limits?|retries',
    { Job: ({ spec }) => one(spec.backoffLimit), CronJob: ({ spec }) => one(spec.jobTemplate.spec.backoffLimit) },
    { measure: count },
  ),
  field(
    'deadline',
    '(?:active )?deadlines?',
    {
      Job: ({ spec }) => seconds(spec.activeDeadlineSeconds),
      CronJob: ({ spec }) => seconds(spec.jobTemplate.spec.activeDeadlineSeconds),
    },
    { measure: count },
  ),
  field(
    'completion',
    'completions?',
    { Job: ({ spec, status }) => [`${status.succeeded ?? 0} of ${spec.completions ?? 1}`] },
    { measure: count },
  ),
  field('parallelism', 'parallelism', { Job: ({ spec }) => one(spec.parallelism) }, { measure: count }),
  field(
    'smallest scale',
    '(?:min(?:imum)?|smallest|lowest)(?: number of)?(?: replicas?| scale| pods)?',
    { HorizontalPodAutoscaler: ({ spec }) => [String(spec.minReplicas ?? 1)] },
    { measure: count },
  ),
  field(
    'largest scale',
    '(?:max(?:imum)?|largest|highest|upper limit)(?: number of)?(?: replicas?| scale| pods)?',
    { HorizontalPodAutoscaler: ({ spec }) => one(spec.maxReplicas) },
    { measure: count },
  ),
  field(
    'present scale',
    '(?:current|present)(?: number of)?(?: replicas?| scale| pods)?',
    { HorizontalPodAutoscaler: ({ status }) => one(status.currentReplicas) },
    { measure: count },
  ),
  field('scaled workload', '(?:scale )?targets?(?: workloads?)?|scaled workloads?', {
    HorizontalPodAutoscaler: ({ spec }) => [`${spec.scaleTargetRef.kind} ${spec.scaleTargetRef.name}`],
  }),
  field(
    'allowed disruption',
    '(?:allowed |possible )?(?:disruptions?|evictions?)(?: allowed)?',
    { PodDisruptionBudget: ({ status }) => one(status.disruptionsAllowed) },
    { measure: count },
  ),
  field('least available pods', 'min ?available|least available pods?', {
    PodDisruptionBudget: ({ spec }) => one(spec.minAvailable),
  }),
  field('pause', 'pauses?|paused rollouts?', { Deployment: ({ spec }) => yesOrNo(spec.paused) }),
];
