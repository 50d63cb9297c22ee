import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { directlyUsedBy, ownedTree } from '../../graph/graph.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { imageName } from './image-name.ts';
import { distinct } from './names.ts';
import type { Phrase } from './phrase.ts';

const labelKeys = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/component',
  'app.kubernetes.io/instance',
  'app',
  'k8s-app',
  'name',
  'component',
] as const;

/** How a pod may be called by who knows its program and not its workload, the surest first. */
const podNames: readonly ((pod: Pod) => readonly string[])[] = [
  (pod) => pod.spec.containers.map(({ name }) => name),
  (pod) => labelKeys.flatMap((key) => pod.metadata.labels[key] ?? []),
  (pod) => pod.spec.containers.map(({ image }) => imageName(image)),
];

function byProgram(snapshot: Snapshot, name: string, namespace: string | undefined): readonly ObjectRef[] {
  const pods = (namespace === undefined ? snapshot.list('Pod') : snapshot.listIn('Pod', namespace)).filter(
    (pod) => !isFinished(pod),
  );
  for (const namesOf of podNames) {
    const found = pods.filter((pod) => namesOf(pod).includes(name));
    if (found.length > 0) return distinct(found.map((pod) => workloadOf(snapshot, pod)));
  }
  return [];
}

/** `https://www.example.com/path` and `www.example.com`. */
function byHost(snapshot: Snapshot, text: string): readonly ObjectRef[] {
  const host =
    text
      .replace(/^https?:\/\//i, '')
      .split(/[/:]/)[0]
      ?.toLowerCase() ?? '';
  if (!host.includes('.')) return [];
  const ingresses = snapshot
    .list('Ingress')
    .filter((i) => i.spec.rules.some((rule) => rule.host === host))
    .map((i) => refTo('Ingress', i));
  return [
    ...ingresses,
    ...snapshot
      .list('HTTPRoute')
      .filter((r) => r.spec.hostnames.includes(host))
      .map((r) => refTo('HTTPRoute', r)),
  ];
}

/** A node by the first or the last part of its name: `ip-10-0-0-7` of `ip-10-0-0-7.eu-west-1…`, `worker2` of `kind-worker2`. */
function byNodePart(snapshot: Snapshot, name: string): readonly ObjectRef[] {
  const found = snapshot
    .list('Node')
    .filter(({ metadata }) => metadata.name.startsWith(`${name}.`) || metadata.name.endsWith(`-${name}`));
  return found.length === 1 ? found.map((node) => refTo('Node', node)) : [];
}

/** "the reports pod", "the web pods": what a workload is called stands for its pods. */
function byWorkload(snapshot: Snapshot, name: string, namespace: string | undefined): readonly ObjectRef[] {
  return (['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const).flatMap((kind) =>
    (namespace === undefined ? snapshot.list(kind) : snapshot.listIn(kind, namespace))
      .filter((o) => o.metadata.name === name)
      .map((o) => refTo(kind, o)),
  );
}

/** "Reindex": the newest of the Jobs that a schedule made under that name, where the schedule itself is not to be seen. */
function byRun(snapshot: Snapshot, name: string, namespace: string | undefined): readonly ObjectRef[] {
  const [newest] = (namespace === undefined ? snapshot.list('Job') : snapshot.listIn('Job', namespace))
    .filter(
      ({ metadata }) => metadata.name.startsWith(`${name}-`) && /^\d{6,}$/.test(metadata.name.slice(name.length + 1)),
    )
    .toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''));
  return newest === undefined ? [] : [refTo('Job', newest)];
}

/** "The db volume": the claims of what is called so. */
function claimsOf(snapshot: Snapshot, name: string, namespace: string | undefined): readonly ObjectRef[] {
  const owners = byWorkload(snapshot, name, namespace).flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]);
  return distinct(
    owners.flatMap((ref) => directlyUsedBy(snapshot, ref)).filter(({ kind }) => kind === 'PersistentVolumeClaim'),
  );
}

/**
 * What a name means that is no object's own: the name of a container, an application label or an image, a host name, a
 * part of a node's name, or (of a pod) its workload's name. Exact names only; what is merely alike is for suggestions.
 */
export function otherwiseCalled(snapshot: Snapshot, { kind, name, namespace }: Phrase): readonly ObjectRef[] {
  // The jobs of a CronJob are called by its name.
  if (kind === 'Job') {
    return snapshot
      .list('CronJob')
      .filter(({ metadata }) => metadata.name === name && (namespace === undefined || metadata.namespace === namespace))
      .map((o) => refTo('CronJob', o));
  }
  if (kind === 'PersistentVolumeClaim') return claimsOf(snapshot, name, namespace);
  if (kind === 'Pod') {
    const workloads = byWorkload(snapshot, name, namespace);
    return workloads.length > 0 ? workloads : byProgram(snapshot, name, namespace);
  }
  const found = [
    byHost(snapshot, name),
    kind === undefined || kind === 'Node' ? byNodePart(snapshot, name) : [],
    byProgram(snapshot, name, namespace),
    byRun(snapshot, name, namespace),
  ];
  return (
    found
      .map((refs) => refs.filter((ref) => kind === undefined || ref.kind === kind))
      .find((refs) => refs.length > 0) ?? []
  );
}
