import type { Because } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { listAt, textAt } from '../json-value.ts';
import { customOfKind, refToCustom } from './custom-objects.ts';

/** Where OpenShift's routers run. */
const routers = 'openshift-ingress';

/** The names of the routes of OpenShift's own parts: `console-openshift-console.apps.CLUSTER`. */
const throughRouters = /https:\/\/[\w-]{1,63}\.apps\.[\w.-]{1,200}/;

function workloadsOf(snapshot: Snapshot, namespace: string): readonly ObjectRef[] {
  return (['Deployment', 'DaemonSet', 'StatefulSet'] as const).flatMap((kind) =>
    snapshot.listIn(kind, namespace).map((object) => refTo(kind, object)),
  );
}

/** Codes that say that a node is lost or broken: that it is cordoned explains no operator. */
const brokenNode = ['node.not-ready', 'node.pressure', 'node.problem', 'node.lease'];

/** Nodes that the message names, and those of a pool of machines that it names: operators of the control plane speak of both. */
function nodesNamed(snapshot: Snapshot, message: string): readonly ObjectRef[] {
  const pools = [...message.matchAll(/MachineConfigPool ([a-z0-9-]{1,63})/g)].map(
    ([, pool = '']) => `node-role.kubernetes.io/${pool}`,
  );
  const nodes = snapshot
    .list('Node')
    .filter(
      ({ metadata }) => message.includes(metadata.name) || pools.some((role) => metadata.labels[role] !== undefined),
    );
  return nodes.map((node) => refTo('Node', node));
}

/** Pods that the message names, in the namespaces that it names: `openshift-monitoring/k8s ... pod prometheus-k8s-0`. */
function podsNamed(snapshot: Snapshot, message: string): readonly ObjectRef[] {
  const namespaces = new Set([...message.matchAll(/\b(openshift-[a-z0-9-]{1,60})\b/g)].map(([, name = '']) => name));
  return [...namespaces]
    .flatMap((namespace) => snapshot.listIn('Pod', namespace))
    .filter(({ metadata }) => message.includes(metadata.name))
    .map((pod) => refTo('Pod', pod));
}

/** Operators for which an update waits: `Cluster operator monitoring is not available`. */
function operatorsNamed(snapshot: Snapshot, message: string): readonly ObjectRef[] {
  const names = [
    ...message.matchAll(/\b[Cc]luster operators? ([a-z][a-z0-9-]{1,60}(?:, [a-z][a-z0-9-]{1,60})*)/g),
  ].flatMap(([, list = '']) => list.split(', '));
  return customOfKind(snapshot, 'config.openshift.io', 'ClusterOperator')
    .filter(({ metadata }) => names.includes(metadata.name))
    .map(refToCustom);
}

/**
 * What a ClusterOperator of OpenShift stands on: the workloads of the namespaces that it names as its own, the nodes that
 * it speaks of, and the routers where its message says that it asks for itself through a route.
 */
export function operatorStandsOn(snapshot: Snapshot, operator: CustomObject, message: string): readonly Because[] {
  if (operator.kind === 'ClusterVersion') return operatorsNamed(snapshot, message).map((object) => ({ object }));
  if (operator.kind !== 'ClusterOperator') return [];
  const named = listAt(operator.status, 'relatedObjects')
    .filter((o) => textAt(o, 'resource') === 'namespaces')
    .map((o) => textAt(o, 'name'));
  const namespaces = new Set([...named, ...(throughRouters.test(message) ? [routers] : [])]);
  const workloads = [...namespaces].filter((name) => name !== '').flatMap((name) => workloadsOf(snapshot, name));
  return [
    ...[...workloads, ...podsNamed(snapshot, message)].map((object) => ({ object })),
    ...nodesNamed(snapshot, message).map((object) => ({ object, codes: brokenNode })),
  ];
}
