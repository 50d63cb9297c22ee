import type { TimelineEntry } from '@autodevops/domain/diagnosis';
import type { KindName, ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { quote } from '../evidence/finding.ts';
import { controllerOf } from '../reading/workloads/owner.ts';
import { revisionsOf } from './revision.ts';

/** Kinds whose making, changing and going people call a change. Pods come and go by themselves. */
const watched: readonly KindName[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Service',
  'Ingress',
  'NetworkPolicy',
  'ConfigMap',
  'Secret',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'LimitRange',
  'Namespace',
  'Node',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
  'StorageClass',
  'IngressClass',
  'Gateway',
  'HTTPRoute',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'CustomResourceDefinition',
];

/** Writers that only keep objects as they are told to be. */
const controllers =
  /^(kube-controller-manager|kubelet|kube-scheduler|kube-apiserver|kubeadm|cloud-controller-manager)$/;

const toldByEvent = new Set([
  'ScalingReplicaSet',
  'SuccessfulRescale',
  'NodeNotReady',
  'NodeReady',
  'RegisteredNode',
  'Starting',
  'Rebooted',
  'DeploymentRollback',
  'Preempted',
  'Evicted',
  'Cordon',
  'NodeNotSchedulable',
  'NodeSchedulable',
]);

function ofRevisions(snapshot: Snapshot): TimelineEntry[] {
  return snapshot.list('Deployment').flatMap((deployment) => {
    const object = refTo('Deployment', deployment);
    return revisionsOf(snapshot, object)
      .filter((revision) => revision.differences.length > 0)
      .map((revision) => ({
        time: revision.created,
        object,
        what: quote(`revision ${revision.number}: ${revision.differences.join(', ')}`),
        source: 'revision' as const,
      }));
  });
}

/** What the cluster itself puts into every namespace. */
function isStandard(kind: KindName, name: string): boolean {
  return (kind === 'ConfigMap' && name === 'kube-root-ca.crt') || (kind === 'ServiceAccount' && name === 'default');
}

function ofObject(kind: KindName, object: ObjectOf<KindName>, revised: ReadonlySet<string>): TimelineEntry[] {
  if (isStandard(kind, object.metadata.name)) return [];
  const ref = refTo(kind, object);
  const entries: TimelineEntry[] = [];
  const { creationTimestamp, deletionTimestamp, managers } = object.metadata;
  if (creationTimestamp !== undefined) {
    entries.push({ time: creationTimestamp, object: ref, what: 'created', source: 'creation' });
  }
  if (deletionTimestamp !== undefined) {
    entries.push({ time: deletionTimestamp, object: ref, what: 'deletion asked for', source: 'deletion' });
  }
  for (const manager of managers) {
    if (manager.subresource !== '' || controllers.test(manager.manager)) continue;
    if (manager.time === '' || manager.time === creationTimestamp) continue;
    if (revised.has(`${refKey(ref)} ${manager.time}`)) continue;
    entries.push({
      time: manager.time,
      object: ref,
      what: quote(`changed by ${manager.manager} (${manager.operation})`),
      source: 'manager',
    });
  }
  return entries;
}

function ofEvents(snapshot: Snapshot): TimelineEntry[] {
  return snapshot
    .list('Event')
    .filter((event) => toldByEvent.has(event.reason))
    .map((event) => {
      const { apiVersion, kind, namespace, name, uid } = event.object;
      return {
        time: event.last ?? '',
        object: { apiVersion, kind, namespace, name, uid },
        what: quote(`${event.reason}: ${event.message}`),
        source: 'event' as const,
      };
    });
}

/** What changed since `from` (milliseconds since the epoch), newest first, each once. */
export function timeline(snapshot: Snapshot, from: number): readonly TimelineEntry[] {
  const revisions = ofRevisions(snapshot);
  // A write that made a revision is told once, with what it changed.
  const revised = new Set(revisions.map((entry) => `${refKey(entry.object)} ${entry.time}`));
  const objects = watched.flatMap((kind) =>
    snapshot
      .list(kind)
      .filter((object) => controllerOf(object) === undefined)
      .flatMap((object) => ofObject(kind, object, revised)),
  );
  const all = [...revisions, ...objects, ...ofEvents(snapshot)].filter((entry) => {
    const at = Date.parse(entry.time);
    return !Number.isNaN(at) && at >= from && at <= snapshot.now + 60_000;
  });
  const unique = new Map(all.map((entry) => [`${entry.time}|${refKey(entry.object)}|${entry.what}`, entry]));
  return [...unique.values()].toSorted(
    (a, b) =>
      Date.parse(b.time) - Date.parse(a.time) ||
      refKey(a.object).localeCompare(refKey(b.object)) ||
      a.what.localeCompare(b.what),
  );
}
