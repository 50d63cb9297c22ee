import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { workloadRef } from '../reading/measures/labelled-object.ts';
import { workloadOf } from '../reading/workloads/owner.ts';
import { servicesBefore } from '../reading/network/service-pods.ts';
import { podsStandingFor } from '../reading/pods/pods-standing-for.ts';
import { promLiterally, promOneOf, promText } from '../reading/measures/promql-text.ts';
import type { MetricScope } from './questions/metric-question.ts';

/** How controllers name their pods: https://kubernetes.io/docs/concepts/workloads/controllers/ */
const endings: Readonly<Record<string, string>> = {
  Deployment: '-[a-z0-9]{1,10}-[a-z0-9]{5}',
  ReplicaSet: '-[a-z0-9]{5}',
  StatefulSet: '-[0-9]+',
  DaemonSet: '-[a-z0-9]{5}',
  Job: '-([0-9]+-)?[a-z0-9]{5}',
  CronJob: '-[0-9]+-([0-9]+-)?[a-z0-9]{5}',
};
const mostNames = 20;

/** Names of a workload's pods, those that are gone too: what was before is what it is compared with. */
function patternOf(workload: ObjectRef): string {
  return `${promLiterally(workload.name)}${endings[workload.kind] ?? ''}`;
}

function podsOf(snapshot: Snapshot, object: ObjectRef): readonly Pod[] {
  return podsStandingFor(snapshot, object).slice(0, mostNames);
}

function podLabels(snapshot: Snapshot, object: ObjectRef): string | undefined {
  const own = workloadRef(snapshot, object);
  const workloads =
    endings[own.kind] === undefined && own.kind !== 'Pod'
      ? podsOf(snapshot, object).map((pod) => workloadOf(snapshot, pod))
      : [own];
  const patterns = new Map(workloads.map((workload) => [refKey(workload), patternOf(workload)]));
  return object.namespace === '' || patterns.size === 0
    ? undefined
    : `namespace=${promText(object.namespace)},${promOneOf('pod', [...patterns.values()].slice(0, mostNames))}`;
}

function claimLabels(snapshot: Snapshot, object: ObjectRef): string | undefined {
  const mounted = podsOf(snapshot, object).flatMap((pod) =>
    pod.spec.volumes.flatMap(({ persistentVolumeClaim: claim }) => (claim === undefined ? [] : [claim.claimName])),
  );
  const names = object.kind === 'PersistentVolumeClaim' ? [object.name] : [...new Set(mounted)].slice(0, mostNames);
  return names.length === 0
    ? undefined
    : `namespace=${promText(object.namespace)},${promOneOf('persistentvolumeclaim', names.map(promLiterally))}`;
}

/** node_exporter is asked by the node's address, or relabelled to its name. */
function nodeLabels(snapshot: Snapshot, object: ObjectRef): string | undefined {
  const names =
    object.kind === 'Node'
      ? [object.name]
      : [...new Set(podsOf(snapshot, object).flatMap((pod) => pod.spec.nodeName ?? []))].slice(0, mostNames);
  const called = names.flatMap((name) => [
    name,
    ...(snapshot.get('Node', '', name)?.status.addresses.map(({ address }) => address) ?? []),
  ]);
  return called.length === 0
    ? undefined
    : promOneOf(
        'instance',
        [...new Set(called)].map((address) => `\\[?${promLiterally(address)}\\]?(:[0-9]+)?`),
      );
}

/** Services before the pods that stand for an object, and what is called like it. */
function serviceNames(snapshot: Snapshot, object: ObjectRef): readonly string[] {
  const before = podsOf(snapshot, object).flatMap((pod) =>
    servicesBefore(snapshot, pod).map(({ metadata }) => metadata.name),
  );
  return [...new Set([workloadRef(snapshot, object).name, ...before])].slice(0, mostNames);
}

function serviceLabels(snapshot: Snapshot, object: ObjectRef): string | undefined {
  return object.namespace === ''
    ? undefined
    : `namespace=${promText(object.namespace)},${promOneOf('service', serviceNames(snapshot, object).map(promLiterally))}`;
}

/** `"web|cart"`: as the programs of traces and the groups of consumers are called. */
export function promNames(names: readonly string[]): string {
  return promText(names.map(promLiterally).join('|'));
}

/** The labels by which series about an object are found; undefined where there are none. */
export function labelsFor(scope: MetricScope, snapshot: Snapshot, object: ObjectRef): string | undefined {
  switch (scope) {
    case 'pods':
      return podLabels(snapshot, object);
    case 'claims':
      return claimLabels(snapshot, object);
    case 'nodes':
      return nodeLabels(snapshot, object);
    case 'services':
      return serviceLabels(snapshot, object);
    case 'names':
      return object.namespace === '' ? undefined : promNames(serviceNames(snapshot, object));
    case 'cluster':
      return '';
  }
}
