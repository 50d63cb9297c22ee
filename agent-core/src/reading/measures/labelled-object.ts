import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { calledObject } from './called-object.ts';
import { exportedObject, hostIn, objectAt } from './exported-object.ts';
import { looseLabels, namespaceIn, naming, ownLabels } from './object-labels.ts';
import type { Labels } from './object-labels.ts';
import { workloadOf } from '../workloads/owner.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { isIpv4 } from '../network/dns-name.ts';
import { onlyOne, servingKinds, servingObject } from '../network/serving-object.ts';

const clusterScoped = new Set<KindName>(['Node', 'PersistentVolume', 'Namespace']);

/** Services, pods and nodes by their addresses. Pods on the host's network share their node's. */
const byAddress = perSnapshot((snapshot) => {
  const index = new Map<string, ObjectRef>();
  for (const service of snapshot.list('Service')) {
    const { clusterIP = '' } = service.spec;
    if (isIpv4(clusterIP)) index.set(clusterIP, refTo('Service', service));
  }
  for (const pod of snapshot.list('Pod')) {
    if (pod.status.podIP !== undefined && pod.spec.hostNetwork !== true) index.set(pod.status.podIP, refTo('Pod', pod));
  }
  for (const node of snapshot.list('Node')) {
    for (const { address } of node.status.addresses) index.set(address, refTo('Node', node));
    index.set(node.metadata.name, refTo('Node', node));
  }
  return index;
});

/** A pod that is gone stands for its workload, whose name begins its own. */
function podOrWorkload(snapshot: Snapshot, namespace: string, name: string): ObjectRef {
  const pod = snapshot.get('Pod', namespace, name);
  if (pod !== undefined) return refTo('Pod', pod);
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
    const found = snapshot.listIn(kind, namespace).find((w) => name.startsWith(`${w.metadata.name}-`));
    if (found !== undefined) return refTo(kind, found);
  }
  return refByName('Pod', namespace, name);
}

function existing(snapshot: Snapshot, kind: KindName, namespace: string, name: string): ObjectRef | undefined {
  const found = snapshot.get(kind, namespace, name);
  return found === undefined ? undefined : refTo(kind, found);
}

function workloadLabel(labels: Labels): ObjectRef | undefined {
  const name = labels['workload'];
  const type = (labels['workload_type'] ?? 'deployment').toLowerCase();
  const kind = (['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const).find(
    (k) => k.toLowerCase() === type,
  );
  return name === undefined || kind === undefined ? undefined : refByName(kind, labels['namespace'] ?? '', name);
}

/** `kind` and `name`, as Flux and others label what they report. */
function kindLabel(labels: Labels): ObjectRef | undefined {
  const { kind, name, namespace = '' } = labels;
  if (kind === undefined || name === undefined || !/^[A-Z]\w{1,60}$/.test(kind)) return undefined;
  return isKindName(kind)
    ? refByName(kind, clusterScoped.has(kind) ? '' : namespace, name)
    : { apiVersion: '', kind, namespace, name, uid: '' };
}

function podCalled(snapshot: Snapshot, namespace: string, name: string): ObjectRef | undefined {
  return namespace === '' ? onlyOne(snapshot, name, ['Pod']) : existing(snapshot, 'Pod', namespace, name);
}

/** Names that only may be objects count when such an object exists. */
function looseLabel(snapshot: Snapshot, labels: Labels): ObjectRef | undefined {
  const namespace = namespaceIn(labels);
  for (const label of looseLabels) {
    const name = labels[label];
    if (name === undefined) continue;
    const kinds =
      label === 'service' && namespace !== '' ? (['Service', 'Deployment', 'StatefulSet'] as const) : servingKinds;
    const found = servingObject(snapshot, namespace, name, kinds) ?? podCalled(snapshot, namespace, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function named(snapshot: Snapshot, kind: KindName, namespace: string, name: string): ObjectRef | undefined {
  if (kind === 'Pod') {
    return namespace === '' ? onlyOne(snapshot, name, ['Pod']) : podOrWorkload(snapshot, namespace, name);
  }
  if (clusterScoped.has(kind)) {
    return existing(snapshot, kind, '', name) ?? byAddress(snapshot).get(name) ?? refByName(kind, '', name);
  }
  return namespace === '' ? undefined : (existing(snapshot, kind, namespace, name) ?? refByName(kind, namespace, name));
}

/** The object that the labels of an alert or a series point at, one that exists before others; undefined when they name none. */
export function labelledObject(snapshot: Snapshot, given: Labels): ObjectRef | undefined {
  const labels = ownLabels(given);
  const namespace = namespaceIn(labels);
  const called = calledObject(snapshot, labels) ?? exportedObject(snapshot, labels);
  if (called !== undefined) return called;
  const refs = naming.flatMap(([label, kind]) => {
    const name = labels[label];
    return name === undefined ? [] : (named(snapshot, kind, namespace, name) ?? []);
  });
  const [first] = refs;
  // A pod that is gone is not its node.
  const precise =
    refs.find(
      (ref) =>
        ref.namespace !== '' &&
        isKindName(ref.kind) &&
        existing(snapshot, ref.kind, ref.namespace, ref.name) !== undefined,
    ) ?? first;
  if (precise !== undefined) return precise;
  const stated = workloadLabel(labels) ?? kindLabel(labels) ?? looseLabel(snapshot, labels);
  if (stated !== undefined) return stated;
  const { instance } = labels;
  const addressed =
    instance === undefined
      ? undefined
      : (byAddress(snapshot).get(hostIn(instance)) ?? objectAt(snapshot, instance, namespace));
  if (addressed !== undefined) return addressed;
  return namespace === '' ? undefined : refByName('Namespace', '', namespace);
}

/** The workload of a pod, else the object itself. */
export function workloadRef(snapshot: Snapshot, ref: ObjectRef): ObjectRef {
  const pod = ref.kind === 'Pod' ? snapshot.get('Pod', ref.namespace, ref.name) : undefined;
  return pod === undefined ? ref : workloadOf(snapshot, pod);
}
