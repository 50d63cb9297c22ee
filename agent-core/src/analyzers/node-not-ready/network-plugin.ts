import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { isOfDaemon } from './daemon-pod.ts';

/** Words in the names of the pods of common network plugins. */
const networkPods = [
  'calico',
  'cilium',
  'flannel',
  'kindnet',
  'weave',
  'canal',
  'aws-node',
  'antrea',
  'kube-router',
  'multus',
  'ovn',
  'azure-cni',
  'cni',
];

/** Clouds and k3s may set up the network of a node without a pod. */
export function bringsNoNetwork({ spec }: Node): boolean {
  const provider = spec.providerID ?? '';
  return provider === '' || provider.startsWith('kind://');
}

/** Not one pod of any network plugin, on any node: the cluster was set up without one, or it was taken away. */
export function isWithoutPlugin(snapshot: Snapshot): boolean {
  return (
    snapshot.saw('Pod') &&
    snapshot.parts.namespaces === undefined &&
    !snapshot.list('Pod').some((pod) => networkPods.some((word) => pod.metadata.name.includes(word)))
  );
}

/** What to do where there is none. */
export const installStep =
  'Install a network plugin (Calico, Cilium, Flannel, ...) with the range of pod addresses that the cluster was initialised with: the nodes become ready by themselves.';

/** Pods of a network plugin on a node. */
export function networkPluginPods(snapshot: Snapshot, node: Node): readonly ObjectRef[] {
  const pods = podsOnNode(snapshot, node.metadata.name).filter(
    (pod) => isOfDaemon(pod) && networkPods.some((word) => pod.metadata.name.includes(word)),
  );
  return pods.map((pod) => refTo('Pod', pod));
}
