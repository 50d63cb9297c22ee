import type { Finding } from '@autodevops/domain/finding';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import type { HorizontalPodAutoscaler } from '@autodevops/domain/kubernetes/workload';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import {
  atMaximum,
  conflict,
  flapping,
  metricMissing,
  noMetricsApi,
  noRequest,
  targetMissing,
  unableToScale,
} from './codes.ts';
import { checkConflicts } from './conflict.ts';
import { checkFlapping } from './flapping.ts';

interface Subject {
  readonly snapshot: Snapshot;
  readonly hpa: HorizontalPodAutoscaler;
  readonly ref: ObjectRef;
  readonly target: ObjectRef;
  readonly spec: PodSpec | undefined;
}

function targetSpec(snapshot: Snapshot, kind: string, at: { namespace: string; name: string }): PodSpec | undefined {
  if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'ReplicaSet') return undefined;
  return snapshot.get(kind, at.namespace, at.name)?.spec.template.spec;
}

function subjectFrom(snapshot: Snapshot, hpa: HorizontalPodAutoscaler): Subject {
  const { kind, name, apiVersion } = hpa.spec.scaleTargetRef;
  const { namespace } = hpa.metadata;
  const found = isKindName(kind) ? snapshot.get(kind, namespace, name) : undefined;
  const target =
    found === undefined || !isKindName(kind) ? { apiVersion, kind, namespace, name, uid: '' } : refTo(kind, found);
  return {
    snapshot,
    hpa,
    ref: refTo('HorizontalPodAutoscaler', hpa),
    target,
    spec: targetSpec(snapshot, kind, { namespace, name }),
  };
}

const patience = 3 * 60_000;
const briefly = 20_000;

/** A condition that is false for longer than a start takes. */
function lasting(snapshot: Snapshot, condition: Condition | undefined, time = patience): condition is Condition {
  return condition?.status === 'False' && (ageOf(snapshot, condition.lastTransitionTime) ?? time) >= time;
}

const groupOf: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'apps/v1'],
  ['StatefulSet', 'apps/v1'],
  ['ReplicaSet', 'apps/v1'],
  ['ReplicationController', 'v1'],
]);

/** A reference without a group, or with one that the API server does not have for this kind. */
function wrongGroup({ apiVersion, kind }: HorizontalPodAutoscaler['spec']['scaleTargetRef']): {
  readonly what: string;
  readonly step: string;
} {
  const right = groupOf.get(kind);
  return {
    what:
      apiVersion === ''
        ? 'its scaleTargetRef names no apiVersion'
        : `the API server has no ${kind} in ${apiVersion}, which its scaleTargetRef names`,
    step: `Set apiVersion ${right === undefined ? 'as `kubectl api-resources` shows it' : `\`${right}\``} in spec.scaleTargetRef.`,
  };
}

function checkTarget({ snapshot, hpa, ref, target }: Subject): readonly Finding[] {
  const able = conditionOf(hpa.status.conditions, 'AbleToScale');
  const { namespace } = hpa.metadata;
  const absent = isKindName(target.kind) && snapshot.lacks(target.kind, namespace, target.name);
  if (absent) {
    const near = isKindName(target.kind)
      ? nearMatches(
          target.name,
          snapshot.listIn(target.kind, namespace).map((o) => o.metadata.name),
        )
      : [];
    return [
      finding(targetMissing, {
        object: ref,
        cause: `Autoscaler points at ${target.kind} "${target.name}", which does not exist in namespace ${namespace}${near.length > 0 ? `; there is ${near.join(', ')}` : ''}.`,
        since: able?.status === 'False' ? (able.lastTransitionTime ?? '') : '',
        evidence: [
          fromSpec(ref, 'spec.scaleTargetRef', `${target.kind} ${target.name}`),
          ...(able?.status === 'False' ? [fromCondition(ref, able)] : []),
        ],
      }),
    ];
  }
  if (!lasting(snapshot, able)) return [];
  const missing = able.message.includes('not found');
  const group = able.message.includes('no matches for kind') ? wrongGroup(hpa.spec.scaleTargetRef) : undefined;
  return [
    finding(missing ? targetMissing : unableToScale, {
      object: ref,
      cause: `Autoscaler cannot ${able.reason === 'FailedUpdateScale' ? 'change' : 'read'} the scale of ${target.kind} "${target.name}"${group === undefined ? '' : `, because ${group.what}`}: ${said(able.message, 200)}.`,
      ...(group === undefined ? {} : { nextSteps: [group.step] }),
      since: able.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, able)],
      because: [{ object: target }],
    }),
  ];
}

/** Percentages are of requests; each container must have one. */
function withoutRequest({ hpa, spec }: Subject): { container: string; resource: string } | undefined {
  for (const metric of hpa.spec.metrics) {
    const resource = metric.resource ?? metric.containerResource;
    if (resource?.target.type !== 'Utilization' || spec === undefined) continue;
    const only = metric.containerResource?.container;
    const containers = [...spec.containers, ...spec.initContainers.filter((c) => c.restartPolicy === 'Always')].filter(
      (c) => only === undefined || c.name === only,
    );
    const whole = spec.resources.requests[resource.name] ?? spec.resources.limits[resource.name];
    const bare =
      whole === undefined
        ? containers.find(
            (c) => c.resources.requests[resource.name] === undefined && c.resources.limits[resource.name] === undefined,
          )
        : undefined;
    if (bare !== undefined) return { container: bare.name, resource: resource.name };
  }
  return undefined;
}

function hasDefaultRequest(snapshot: Snapshot, namespace: string, resource: string): boolean {
  return snapshot
    .listIn('LimitRange', namespace)
    .some((range) =>
      range.spec.limits.some(
        (l) => l.type === 'Container' && (l.defaultRequest[resource] ?? l.default[resource]) !== undefined,
      ),
    );
}

function checkRequest(subject: Subject, active: Condition | undefined): Finding | undefined {
  const { snapshot, hpa, ref, target } = subject;
  const told = active?.status === 'False' && active.message.includes('missing request for');
  const bare = withoutRequest(subject);
  const seen = snapshot.saw('LimitRange', hpa.metadata.namespace);
  // Another metric may keep the autoscaler going; then nothing is broken.
  if (
    !told &&
    (bare === undefined ||
      active?.status === 'True' ||
      !seen ||
      hasDefaultRequest(snapshot, hpa.metadata.namespace, bare.resource))
  ) {
    return undefined;
  }
  const cause =
    bare === undefined
      ? `Autoscaler cannot compute: ${said(active?.message ?? '', 200)}.`
      : `Autoscaler scales ${target.kind} "${target.name}" by a percentage of requested ${bare.resource}, and its container "${bare.container}" requests none.`;
  return finding(noRequest, {
    object: ref,
    confidence: told ? 'high' : 'medium',
    cause,
    since: told ? (active.lastTransitionTime ?? '') : '',
    evidence: [
      ...(active === undefined ? [] : [fromCondition(ref, active)]),
      ...(bare === undefined
        ? []
        : [
            fromSpec(
              target,
              `spec.template.spec.containers[name=${bare.container}].resources.requests.${bare.resource}`,
              '(not set)',
            ),
          ]),
    ],
    facet: bare?.container ?? '',
  });
}

const apiOf: readonly (readonly [string, string])[] = [
  ['external metrics API', 'external.metrics.k8s.io'],
  ['custom metrics API', 'custom.metrics.k8s.io'],
  ['resource metrics API', 'metrics.k8s.io'],
];

const apiTrouble = [
  'could not find the requested resource',
  'currently unable to handle the request',
  'connection refused',
  'no matches for kind',
  'deadline exceeded',
  'timeout',
  'forbidden',
  'x509',
  'no such host',
  'error trying to reach service',
];

/** What made the autoscaler and measures for it, as KEDA does: why it has nothing to give is said of that. */
function makersOf({ metadata }: HorizontalPodAutoscaler): Finding['because'] {
  const makers = metadata.ownerReferences.filter((owner) => owner.controller === true);
  return makers.map(({ apiVersion, kind, name, uid }) => ({
    object: { apiVersion, kind, namespace: metadata.namespace, name, uid },
  }));
}

function checkMetrics(subject: Subject, active: Condition): Finding {
  const { snapshot, hpa, ref, target } = subject;
  const [, group] = apiOf.find(([text]) => active.message.includes(text)) ?? ['', 'metrics.k8s.io'];
  const services = snapshot.list('APIService').filter((api) => api.spec.group === group);
  const absent = snapshot.saw('APIService') && services.length === 0;
  const broken = services.some((api) => conditionOf(api.status.conditions, 'Available')?.status === 'False');
  const api =
    services[0] === undefined ? refByName('APIService', '', `v1beta1.${group}`) : refTo('APIService', services[0]);
  const apiFails = absent || broken || apiTrouble.some((text) => active.message.includes(text));
  const cause = absent
    ? `Autoscaler gets no metrics: the cluster has no ${group} API (no APIService v1beta1.${group}).`
    : apiFails
      ? `Autoscaler gets no metrics from ${group}: ${said(active.message, 200)}.`
      : `Autoscaler does not find its metric: ${said(active.message, 200)}.`;
  const available = services.flatMap((s) => conditionOf(s.status.conditions, 'Available') ?? [])[0];
  return finding(apiFails ? noMetricsApi : metricMissing, {
    object: ref,
    confidence: absent || broken || !apiFails ? 'high' : 'medium',
    cause,
    since: active.lastTransitionTime ?? '',
    evidence: [fromCondition(ref, active), ...(available?.status === 'False' ? [fromCondition(api, available)] : [])],
    facet: group,
    because: [apiFails ? { object: api } : { object: target }, ...makersOf(hpa)],
  });
}

function checkActive(subject: Subject): readonly Finding[] {
  const { snapshot, hpa } = subject;
  const active = conditionOf(hpa.status.conditions, 'ScalingActive');
  const bare = checkRequest(subject, active);
  if (bare !== undefined) return [bare];
  const handled = ['ScalingDisabled', 'AmbiguousSelector'];
  if (active === undefined || handled.includes(active.reason)) return [];
  // An API that does not answer will not by waiting; metrics of new pods come by themselves.
  const decided = apiTrouble.some((text) => active.message.includes(text));
  return lasting(snapshot, active, decided ? briefly : patience) ? [checkMetrics(subject, active)] : [];
}

function checkMaximum({ hpa, ref, target }: Subject): readonly Finding[] {
  const limited = conditionOf(hpa.status.conditions, 'ScalingLimited');
  const { maxReplicas = 0, minReplicas = 1 } = hpa.spec;
  if (
    limited?.status !== 'True' ||
    limited.reason !== 'TooManyReplicas' ||
    (hpa.status.currentReplicas ?? 0) < maxReplicas ||
    maxReplicas <= minReplicas
  ) {
    return [];
  }
  return [
    finding(atMaximum, {
      object: ref,
      cause: `Autoscaler runs ${target.kind} "${target.name}" with its maximum of ${maxReplicas} replicas, and the load calls for more.`,
      since: limited.lastTransitionTime ?? '',
      evidence: [
        fromCondition(ref, limited),
        fromSpec(ref, 'spec.maxReplicas', String(maxReplicas)),
        fromStatus(ref, 'status.currentReplicas', String(hpa.status.currentReplicas ?? 0)),
      ],
      because: [{ object: target }],
      // Half as many again: enough to see whether it helps, little enough to bear when it does not.
      changes: [
        {
          action: 'adjust-autoscaler',
          target: ref,
          params: { maxReplicas: Math.ceil(maxReplicas * 1.5) },
          risk: 'medium',
        },
      ],
    }),
  ];
}

function check(snapshot: Snapshot, hpa: HorizontalPodAutoscaler): readonly Finding[] {
  if (hpa.metadata.deletionTimestamp !== undefined || hpa.spec.scaleTargetRef.name === '') return [];
  const subject = subjectFrom(snapshot, hpa);
  const target = checkTarget(subject);
  return target.length > 0
    ? target
    : [...checkActive(subject), ...checkMaximum(subject), ...checkFlapping(snapshot, hpa)];
}

export const autoscaler: Analyzer = {
  name: 'autoscaler',
  codes: [noRequest, noMetricsApi, metricMissing, targetMissing, atMaximum, conflict, unableToScale, flapping],
  analyze: (snapshot) => [
    ...snapshot.list('HorizontalPodAutoscaler').flatMap((hpa) => check(snapshot, hpa)),
    ...checkConflicts(snapshot),
  ],
};
