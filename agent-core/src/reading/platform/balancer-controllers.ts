import type { Deployment, DaemonSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';

/** Images of programs that give addresses to Services of type LoadBalancer. */
const images =
  /cloud-controller-manager|cloud-provider-|aws-load-balancer-controller|metallb\/controller|metallb-controller|kube-vip|openelb|purelb\/allocator|loxilb/;

function isOne({ spec }: Deployment | DaemonSet): boolean {
  return spec.template.spec.containers.some(({ image }) => images.test(image));
}

/** The workloads that may look after load balancers here. A managed cloud keeps its own outside of the cluster. */
export const balancerControllers = perSnapshot((snapshot: Snapshot): readonly ObjectRef[] => [
  ...snapshot
    .list('Deployment')
    .filter(isOne)
    .map((d) => refTo('Deployment', d)),
  ...snapshot
    .list('DaemonSet')
    .filter(isOne)
    .map((d) => refTo('DaemonSet', d)),
]);

/** Labels that a cloud puts on the nodes of the clusters that it runs itself, its controllers outside of them. */
const managed: readonly (readonly [label: string, cloud: string])[] = [
  ['eks.amazonaws.com/', 'EKS'],
  ['cloud.google.com/gke-', 'GKE'],
  ['kubernetes.azure.com/', 'AKS'],
  ['doks.digitalocean.com/', 'DigitalOcean'],
  ['lke.linode.com/', 'Linode'],
];

/** The cloud that runs this cluster, by the labels of its nodes; empty where nobody says. */
export function managedCloud(snapshot: Snapshot): string {
  const keys = snapshot.list('Node').flatMap((node) => Object.keys(node.metadata.labels));
  return managed.find(([label]) => keys.some((key) => key.startsWith(label)))?.[1] ?? '';
}

/** `openstack` of `openstack:///…`, the cloud whose machines the nodes are; empty for machines of nobody. */
export function providerOfNodes(snapshot: Snapshot): string {
  const ids = snapshot.list('Node').map((node) => node.spec.providerID ?? '');
  const schemes = ids.map((id) => /^([a-z0-9-]{2,40}):\/\//.exec(id)?.[1] ?? '');
  return schemes.find((scheme) => scheme !== '' && !['k3s', 'kind', 'rke2', 'minikube'].includes(scheme)) ?? '';
}
