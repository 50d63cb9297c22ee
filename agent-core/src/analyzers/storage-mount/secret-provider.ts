import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { DaemonSet } from '@autodevops/domain/kubernetes/workload';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { keptOffNode } from '../../evidence/kept-off-node.ts';
import type { NodeAbsence } from '../../evidence/kept-off-node.ts';
import { imageReference } from '../../reading/images/image-reference.ts';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';

/** What the Secrets Store CSI driver says of a provider that it does not find beside it on the node. */
const notFound = /provider not found: provider "([\w-]{1,60})"|failed to find provider binary ([\w-]{1,60})/;

/** `secrets-store-csi-driver-provider-aws`, `vault-csi-provider`: by the parts of its name or of its images. */
function brings(daemonSet: DaemonSet, provider: string): boolean {
  const names = [
    daemonSet.metadata.name,
    ...daemonSet.spec.template.spec.containers.map(({ image }) => imageReference(image).repository),
  ];
  return names.some((name) => {
    const parts = name.split(/[-/]/);
    return parts.includes('provider') && parts.includes(provider);
  });
}

/** Why the driver of mounted secrets finds no provider on the node of the pod. */
export function providerAbsence(snapshot: Snapshot, pod: Pod, message: string): NodeAbsence | undefined {
  const found = notFound.exec(message);
  const provider = found?.[1] ?? found?.[2];
  if (provider === undefined || !snapshot.saw('DaemonSet')) return undefined;
  const bringers = snapshot.list('DaemonSet').filter((daemonSet) => brings(daemonSet, provider));
  const [first] = bringers;
  if (first === undefined) {
    return {
      sentence: ` No DaemonSet of the cluster brings provider "${provider}" to the nodes.`,
      step: `Install the provider "${provider}" of the Secrets Store CSI driver: the driver alone knows no store.`,
      evidence: [],
    };
  }
  const node = snapshot.get('Node', '', pod.spec.nodeName ?? '');
  const keys = new Set(bringers.map((daemonSet) => refKey(refTo('DaemonSet', daemonSet))));
  const here =
    node !== undefined &&
    podsOnNode(snapshot, node.metadata.name).some((other) => keys.has(refKey(workloadOf(snapshot, other))));
  return node === undefined || here ? undefined : keptOffNode(node, first, 'The provider');
}
