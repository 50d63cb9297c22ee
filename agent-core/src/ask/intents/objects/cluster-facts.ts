import { counted, listed } from '@autodevops/domain/count-words';
import { formatDuration } from '@autodevops/domain/duration';
import { isFinished } from '../../../reading/pods/pod-status.ts';
import type { AskContext, Intent } from '../../intent.ts';

function ageOf({ snapshot }: AskContext): string | undefined {
  const made =
    snapshot.get('Namespace', '', 'kube-system')?.metadata.creationTimestamp ??
    snapshot
      .list('Node')
      .map((n) => n.metadata.creationTimestamp ?? '')
      .filter((t) => t !== '')
      .toSorted()[0];
  const age = snapshot.now - Date.parse(made ?? '');
  return Number.isNaN(age) ? undefined : `It is ${formatDuration(age)} old.`;
}

/** Which Kubernetes this is, how old and how large. */
export const clusterFacts: Intent = {
  name: 'cluster-facts',
  example: 'which Kubernetes version is this?',
  patterns: [
    /^(?:what|which) (?:is the |is our |is my )?(?:k8s|kubernetes|kube|cluster|server|kubelet)(?: server| cluster)? versions?(?: .*)?$/i,
    /^(?:what|which) version (?:of|is) (?:the |this |our )?(?:k8s|kubernetes|kube|cluster)(?: .*)?$/i,
    /^(?:how (?:old|big|large) is|what is the (?:size|age) of|tell me about|describe|about|what) (?:the |this |my |our )?cluster(?: (?:is this|am i (?:on|in)))?$/i,
    /^(?:k8s|kubernetes|cluster) (?:version|info|size|age)$/i,
  ],
  answer: (_, context) => {
    const { snapshot } = context;
    const { serverVersion, cluster } = snapshot.parts;
    const nodes = snapshot.list('Node');
    const kubelets = [
      ...new Set(nodes.map(({ status }) => status.nodeInfo.kubeletVersion ?? '').filter((v) => v !== '')),
    ].toSorted();
    const version = serverVersion ?? kubelets[0];
    const running = snapshot.list('Pod').filter((pod) => !isFinished(pod)).length;
    const size = [
      snapshot.saw('Node') ? counted(nodes.length, 'node') : '',
      snapshot.saw('Namespace') ? counted(snapshot.list('Namespace').length, 'namespace') : '',
      snapshot.saw('Pod') ? `${counted(running, 'pod')} that are not finished` : '',
    ].filter((part) => part !== '');
    const nodesRun =
      kubelets.length === 0 || (kubelets.length === 1 && kubelets[0] === serverVersion)
        ? []
        : [`Kubelets: ${listed(kubelets)}.`];
    const age = ageOf(context);
    const name = cluster === undefined || cluster === '' ? 'The cluster' : `Cluster ${cluster}`;
    return {
      headline: `${name} ${version === undefined ? 'does not tell its version' : `runs Kubernetes ${version}`}: ${listed(size) || 'nothing of it could be counted'}.`,
      lines: [...(age === undefined ? [] : [age]), ...nodesRun],
    };
  },
};
