import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf } from '../../reading/workloads/owner.ts';

/** `etcd` of `etcd-cp-3` on node cp-3: the kubelet names the copy in the API after the manifest and the node. */
function manifestOf({ metadata: { name } }: Pod, node: string): string {
  return name.endsWith(`-${node}`) ? name.slice(0, -node.length - 1) : name;
}

/** What is wrong in a static pod is put right on its machine: the API holds a copy only, and a change to it is lost. */
export function staticPodStep(
  snapshot: Snapshot,
  speaker: Finding,
  { kind, namespace, name }: ObjectRef,
): string | undefined {
  const pod = kind === 'Pod' && speaker.code.startsWith('pod.') ? snapshot.get('Pod', namespace, name) : undefined;
  const owner = pod === undefined ? undefined : controllerOf(pod);
  if (pod === undefined || owner?.kind !== 'Node') return undefined;
  const node = printable(owner.name);
  return `It is a static pod: correct its manifest on node ${node} (/etc/kubernetes/manifests/${printable(manifestOf(pod, owner.name))}.yaml with kubeadm); the kubelet starts it anew by itself.`;
}
