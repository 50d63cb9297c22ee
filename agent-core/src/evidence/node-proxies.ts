import type { Because } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished, isReady } from '../reading/pods/pod-status.ts';
import { podsOnNode } from '../reading/pods/pods-on-nodes.ts';

/** Without kube-proxy no address of a Service leads anywhere from the node of the pod. */
export function nodeProxies(snapshot: Snapshot, pod: Pod): readonly Because[] {
  const { nodeName = '' } = pod.spec;
  const proxies =
    nodeName === ''
      ? []
      : podsOnNode(snapshot, nodeName).filter(
          ({ metadata }) => metadata.namespace === 'kube-system' && metadata.labels['k8s-app'] === 'kube-proxy',
        );
  return proxies
    .filter((proxy) => !isFinished(proxy) && !isReady(proxy))
    .map((proxy) => ({ object: refTo('Pod', proxy), codes: ['pod.', 'network.kube-proxy.'] }));
}
