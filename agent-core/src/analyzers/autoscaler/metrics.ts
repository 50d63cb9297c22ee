import type { Finding } from '@autodevops/domain/finding';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { HorizontalPodAutoscaler } from '@autodevops/domain/kubernetes/workload';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import { finding, fromCondition } from '../../evidence/finding.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import { metricMissing, noMetricsApi } from './codes.ts';
import { lasting, patience } from './lasting.ts';
import { checkRequest } from './request.ts';
import type { Subject } from './subject.ts';

const briefly = 20_000;

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

/** An autoscaler that cannot compute: for want of requests, of an API for metrics, or of the metric. */
export function checkActive(subject: Subject): readonly Finding[] {
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
