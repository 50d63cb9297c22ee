import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because, Finding } from '@autodevops/domain/finding';
import type { Alert } from '@autodevops/domain/signal';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, quote } from '../../evidence/finding.ts';
import { activeAlerts } from '../../reading/measures/active-alerts.ts';
import type { ActiveAlert } from '../../reading/measures/active-alerts.ts';
import { components, controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { labelledObject } from '../../reading/measures/labelled-object.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { isWhole } from '../../reading/workloads/workload-health.ts';
import type { Analyzer } from '../analyzer.ts';
import { firing } from './codes.ts';
import { standsOn } from './stands-on.ts';

function nameOf(alert: Alert): string {
  return said(alert.labels['alertname'] ?? 'an alert without a name', 120);
}

function textOf(alert: Alert): string {
  const { summary, description, message } = alert.annotations;
  return [summary, description ?? message].filter((part) => part !== undefined && part !== '').join(' - ');
}

function evidence(alert: Alert, object: ObjectRef): Evidence {
  const labels = Object.entries(alert.labels)
    .filter(([key]) => key !== 'alertname')
    .map(([key, value]) => `${key}="${value}"`)
    .join(',');
  const text = textOf(alert);
  return {
    source: 'alert',
    object,
    quote: quote(`${nameOf(alert)}{${labels}}${text === '' ? '' : `: ${text}`}`),
    time: alert.startsAt,
    path: nameOf(alert),
  };
}

/** Everything of a namespace, when an alert says no more than that. */
function insideNamespace(snapshot: Snapshot, namespace: string): readonly ObjectRef[] {
  const kinds = [
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'Service',
    'ResourceQuota',
    'PersistentVolumeClaim',
    'Ingress',
  ] as const;
  return kinds.flatMap((kind) => snapshot.listIn(kind, namespace).map((object) => refTo(kind, object))).slice(0, 200);
}

/** `KubeSchedulerDown` names a component of the control plane without a label for it. */
function componentRefs(snapshot: Snapshot, alert: Alert): readonly ObjectRef[] {
  const text = `${nameOf(alert)} ${alert.labels['job'] ?? ''}`.toLowerCase().replaceAll('-', '');
  const named = components.filter((c) => text.includes(c.replaceAll('-', '')));
  return named.flatMap((c) => [
    ...controlPlanePods(snapshot, c).map((pod) => refTo('Pod', pod)),
    refByName('Lease', 'kube-system', c),
  ]);
}

/** Services to which an Ingress sends requests. */
function servicesBehind(snapshot: Snapshot, { namespace, name }: ObjectRef): readonly ObjectRef[] {
  const spec = snapshot.get('Ingress', namespace, name)?.spec;
  const backends = [
    spec?.defaultBackend,
    ...(spec?.rules ?? []).flatMap((rule) => rule.http.paths.map((path) => path.backend)),
  ];
  return backends.flatMap((backend) =>
    backend?.service === undefined ? [] : [refByName('Service', namespace, backend.service.name)],
  );
}

function because(snapshot: Snapshot, alert: Alert, object: ObjectRef): readonly Because[] {
  const refs: ObjectRef[] = [object, ...componentRefs(snapshot, alert)];
  if (object.kind === 'Namespace') refs.push(...insideNamespace(snapshot, object.name));
  if (object.kind === 'Pod') {
    const node = snapshot.get('Pod', object.namespace, object.name)?.spec.nodeName;
    if (node !== undefined) refs.push(refByName('Node', '', node));
  }
  if (['Pod', 'Service', 'Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind)) {
    refs.push(...standsOn(snapshot, object));
  }
  if (object.kind === 'Ingress') refs.push(...servicesBehind(snapshot, object));
  return refs.map((ref) => ({ object: ref }));
}

/** The Job of a CronJob that has succeeded since: the alert lasts as long as the failed Job is kept. */
function isOvertaken(snapshot: Snapshot, { kind, namespace, name }: ObjectRef): boolean {
  const job = kind === 'Job' ? snapshot.get('Job', namespace, name) : undefined;
  const owner = job === undefined ? undefined : controllerOf(job);
  const cron = owner?.kind === 'CronJob' ? snapshot.get('CronJob', namespace, owner.name) : undefined;
  return job !== undefined && (cron?.status.lastSuccessfulTime ?? '') > (job.metadata.creationTimestamp ?? '');
}

/** Alerts of the Kubernetes mixin that say how an object stands now: https://github.com/kubernetes-monitoring/kubernetes-mixin */
const ofState =
  /^Kube(?:Node(?:NotReady|Unreachable)|Pod(?:NotReady|CrashLooping)|Deployment(?:ReplicasMismatch|RolloutStuck)|StatefulSet(?:ReplicasMismatch|UpdateNotRolledOut)|DaemonSet(?:RolloutStuck|NotScheduled)|ContainerWaiting)$/;
const settled = 5 * 60_000;

/** The object is well again: such an alert ends some minutes after what it speaks of. */
function isOver(snapshot: Snapshot, alert: Alert, { kind, namespace, name }: ObjectRef): boolean {
  if (!ofState.test(alert.labels['alertname'] ?? '')) return false;
  if (kind === 'Node') {
    return conditionOf(snapshot.get('Node', '', name)?.status.conditions ?? [], 'Ready')?.status === 'True';
  }
  if (kind === 'Pod') {
    const ready = conditionOf(snapshot.get('Pod', namespace, name)?.status.conditions ?? [], 'Ready');
    return ready?.status === 'True' && (ageOf(snapshot, ready.lastTransitionTime) ?? 0) >= settled;
  }
  return isWhole(snapshot, { apiVersion: '', kind, namespace, name, uid: '' }) === true;
}

function toFinding(snapshot: Snapshot, { alert, severity }: ActiveAlert): Finding {
  const name = nameOf(alert);
  const labelled = labelledObject(snapshot, alert.labels);
  const object = labelled ?? { apiVersion: '', kind: 'Alert', namespace: '', name, uid: '' };
  const text = textOf(alert);
  const about = labelled === undefined ? '' : ` about ${refText(object)}`;
  return finding(firing, {
    object,
    severity,
    standing: isOvertaken(snapshot, object) || isOver(snapshot, alert, object) ? 'recovered' : 'current',
    confidence: 'medium',
    cause: `Alert ${name} is firing${about}${text === '' ? '' : `: ${said(text)}`}.`,
    since: alert.startsAt,
    evidence: [evidence(alert, object)],
    because: because(snapshot, alert, object),
    generic: true,
    facet: name,
  });
}

/** Alerts that are active, as symptoms of what is wrong with the objects that they name. */
export const alertFiring: Analyzer = {
  name: 'alert-firing',
  codes: [firing],
  analyze: (snapshot) => activeAlerts(snapshot).map((active) => toFinding(snapshot, active)),
};
