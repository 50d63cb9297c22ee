import { counted } from '@autodevops/domain/count-words';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName, ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { conditionOf, containersOf, isFinished, isReady, isTerminating } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';

/** As `kubectl get pods` says it in its STATUS column. */
export function podState(pod: Pod): string {
  if (isTerminating(pod)) return 'Terminating';
  for (const { status, init, sidecar } of containersOf(pod)) {
    const { waiting, terminated } = status?.state ?? {};
    const reason =
      waiting?.reason ??
      (terminated !== undefined && terminated.exitCode !== 0 ? (terminated.reason ?? 'Error') : undefined);
    if (reason !== undefined && reason !== 'PodInitializing' && !isFinished(pod)) {
      return init && !sidecar ? `Init:${reason}` : reason;
    }
  }
  if (pod.status.phase === 'Succeeded') return 'Completed';
  if (pod.status.phase === 'Failed') return pod.status.reason ?? 'Failed';
  if (pod.status.phase === 'Running') return isReady(pod) ? 'Running' : 'Running, not ready';
  return pod.status.phase ?? 'Unknown';
}

type Tellers = { readonly [K in KindName]?: (object: ObjectOf<K>, snapshot: Snapshot) => string };

function ready(count: number | undefined, wanted: number | undefined): string {
  const all = wanted ?? 1;
  return all === 0 ? 'scaled to 0' : `${count ?? 0} of ${all} ready`;
}

function endpointsOf(snapshot: Snapshot, service: ObjectOf<'Service'>): string {
  const { selector, type, externalName } = service.spec;
  if (type === 'ExternalName') return `stands for ${externalName ?? ''}`;
  if (Object.keys(selector).length === 0) return 'no selector';
  const pods = podsBehind(snapshot, service).filter((pod) => !isFinished(pod));
  return pods.length === 0 ? 'selects no pod' : `${pods.filter(isReady).length} of ${pods.length} pods ready`;
}

function jobState(job: ObjectOf<'Job'>): string {
  const ended = job.status.conditions.find(
    (c) => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True',
  );
  if (ended !== undefined) return ended.type === 'Complete' ? 'complete' : `failed (${ended.reason})`;
  return job.spec.suspend === true ? 'suspended' : `${job.status.active ?? 0} active, ${job.status.failed ?? 0} failed`;
}

function nodeState(node: ObjectOf<'Node'>): string {
  const state = conditionOf(node.status.conditions, 'Ready')?.status === 'True' ? 'ready' : 'not ready';
  return node.spec.unschedulable === true ? `${state}, cordoned` : state;
}

function webhooksText({ webhooks }: ObjectOf<'ValidatingWebhookConfiguration'>): string {
  return `${webhooks.length} ${webhooks.length === 1 ? 'webhook' : 'webhooks'}: ${webhooks
    .map(({ name }) => name)
    .slice(0, 3)
    .join(', ')}`;
}

const tellers: Tellers = {
  Pod: podState,
  Deployment: (d) => (d.spec.paused === true ? 'paused, ' : '') + ready(d.status.readyReplicas, d.spec.replicas),
  StatefulSet: (s) => ready(s.status.readyReplicas, s.spec.replicas),
  ReplicaSet: (r) => ready(r.status.readyReplicas, r.spec.replicas),
  ReplicationController: (r) => ready(r.status.readyReplicas, r.spec.replicas),
  DaemonSet: (d) => ready(d.status.numberReady, d.status.desiredNumberScheduled ?? 0),
  Job: jobState,
  CronJob: (c) => (c.spec.suspend === true ? `suspended (${c.spec.schedule})` : c.spec.schedule),
  Service: (s, snapshot) => endpointsOf(snapshot, s),
  Node: nodeState,
  Namespace: (n) => n.status.phase ?? '',
  PersistentVolumeClaim: (c) =>
    [c.status.phase ?? '', c.status.capacity['storage'] ?? c.spec.resources.requests['storage'] ?? '']
      .filter((part) => part !== '')
      .join(', '),
  PersistentVolume: (v) => v.status.phase ?? '',
  Ingress: (i) => [...new Set(i.spec.rules.map((r) => r.host ?? '*'))].join(', '),
  ConfigMap: (c) => counted(Object.keys(c.data).length + c.binaryData.length, 'key'),
  Secret: (s) => `${s.type}, ${counted(s.keys.length, 'key')}`,
  StorageClass: (s) => s.provisioner,
  PodDisruptionBudget: (b) =>
    `allows ${b.status.disruptionsAllowed ?? '?'} evictions, ${b.status.currentHealthy ?? '?'} of ${b.status.expectedPods ?? '?'} pods healthy`,
  ValidatingWebhookConfiguration: (c) => webhooksText(c),
  MutatingWebhookConfiguration: (c) => webhooksText(c),
  HTTPRoute: (r) => r.spec.hostnames.join(', '),
  HorizontalPodAutoscaler: (h) =>
    `${h.spec.minReplicas ?? 1} to ${h.spec.maxReplicas ?? '?'} of ${h.spec.scaleTargetRef.kind} ${h.spec.scaleTargetRef.name}`,
  Event: (e) => `${e.type} ${e.reason}`,
};

/** How an object stands, in a few words; empty for kinds that have no state to speak of. */
export function stateOf<K extends KindName>(snapshot: Snapshot, kind: K, object: ObjectOf<K>): string {
  return tellers[kind]?.(object, snapshot) ?? '';
}

/** The same for a reference; "does not exist" where nothing is found and all was seen. */
export function stateOfRef(snapshot: Snapshot, ref: ObjectRef): string {
  if (!isKindName(ref.kind)) return '';
  const object = snapshot.get(ref.kind, ref.namespace, ref.name);
  if (object !== undefined) return stateOf(snapshot, ref.kind, object);
  return snapshot.saw(ref.kind, ref.namespace) ? 'does not exist' : 'not seen';
}
