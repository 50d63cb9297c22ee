import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { graphOf } from '../../graph/graph.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { matchesLabels } from '../../reading/selector.ts';
import { workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import { podsOf } from '../entrances.ts';
import { usersOf } from '../users.ts';

const routes: ReadonlySet<string> = new Set(['Ingress', 'HTTPRoute', 'Gateway']);
const workloads: ReadonlySet<string> = new Set<KindName>([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'ReplicaSet',
  'Job',
]);

/** The pods that a Service selects, and the workloads whose pods it would: one that is scaled to zero has a Service, too. */
function behindService(snapshot: Snapshot, ref: ObjectRef): readonly string[] {
  const selector = snapshot.get('Service', ref.namespace, ref.name)?.spec.selector ?? {};
  if (Object.keys(selector).length === 0) return [];
  const templates = workloadTemplates(snapshot, ref.namespace).filter(({ labels }) => matchesLabels(selector, labels));
  return [
    ...podsOf(snapshot, ref).map((pod) => refKey({ kind: 'Pod', ...pod.metadata })),
    ...templates.map((template) => refKey(template.ref)),
  ];
}

function behindRoute(snapshot: Snapshot, ref: ObjectRef): readonly string[] {
  return graphOf(snapshot)
    .from(refKey(ref))
    .filter(({ verb }) => verb === 'routes to')
    .flatMap(({ to }) => carriersOf(snapshot, to));
}

/** Of what pods lean on: the pods and the workloads that do. */
function using(snapshot: Snapshot, ref: ObjectRef): readonly string[] {
  const pods = graphOf(snapshot)
    .to(refKey(ref))
    .filter(({ from, verb }) => from.kind === 'Pod' && verb !== 'calls')
    .map(({ from }) => refKey(from));
  const users = usersOf(snapshot, ref)
    .filter(({ how }) => !how.startsWith('calls'))
    .map(({ user }) => refKey(user));
  // A class or a volume is used by the pods of the claims that name it.
  const claims = graphOf(snapshot)
    .to(refKey(ref))
    .filter(({ from }) => from.kind === 'PersistentVolumeClaim')
    .flatMap(({ from }) => carriersOf(snapshot, from));
  return [...pods, ...users, ...claims];
}

/** Of what selects or scales: what it selects or scales, and the pods of that. */
function below(snapshot: Snapshot, ref: ObjectRef): readonly string[] {
  return graphOf(snapshot)
    .from(refKey(ref))
    .filter(({ verb }) => verb === 'guards' || verb === 'scales')
    .flatMap(({ to }) => carriersOf(snapshot, to));
}

function inNamespace(snapshot: Snapshot, namespace: string): readonly string[] {
  return [
    ...snapshot.listIn('Pod', namespace).map(({ metadata }) => refKey({ kind: 'Pod', ...metadata })),
    ...workloadTemplates(snapshot, namespace).map(({ ref }) => refKey(ref)),
  ];
}

function found(snapshot: Snapshot, ref: ObjectRef): readonly string[] {
  if (ref.kind === 'Namespace') return inNamespace(snapshot, ref.name);
  if (ref.kind === 'Service') return behindService(snapshot, ref);
  if (routes.has(ref.kind)) return behindRoute(snapshot, ref);
  if (ref.kind === 'Pod' || workloads.has(ref.kind)) {
    return [refKey(ref), ...podsOf(snapshot, ref).map((pod) => refKey({ kind: 'Pod', ...pod.metadata }))];
  }
  return [...using(snapshot, ref), ...below(snapshot, ref)];
}

const kept = perSnapshot(() => new Map<string, readonly string[]>());

/**
 * By what an object has to do with others: its pods, and the workloads that make such pods. An Ingress, a Node and a
 * ConfigMap belong together when a pod is behind the first, on the second and reads the third.
 */
export function carriersOf(snapshot: Snapshot, ref: ObjectRef): readonly string[] {
  const key = refKey(ref);
  const known = kept(snapshot).get(key);
  if (known !== undefined) return known;
  kept(snapshot).set(key, []);
  const carriers = [...new Set(found(snapshot, ref))];
  kept(snapshot).set(key, carriers);
  return carriers;
}

/** Whether one of the two says the other's name itself: a claim its volume, an Ingress its Service, a Pod its claim. */
function isJoined(snapshot: Snapshot, one: ObjectRef, other: ObjectRef): boolean {
  const graph = graphOf(snapshot);
  const [from, to] = [refKey(one), refKey(other)];
  return [...graph.from(from), ...graph.to(from)].some(
    (edge) => edge.verb !== 'calls' && (refKey(edge.to) === to || refKey(edge.from) === to),
  );
}

/** Whether two objects have to do with each other: directly, or by a pod. */
export function areRelated(snapshot: Snapshot, one: ObjectRef, other: ObjectRef): boolean {
  if (isJoined(snapshot, one, other)) return true;
  const others = new Set(carriersOf(snapshot, other));
  return carriersOf(snapshot, one).some((key) => others.has(key));
}
