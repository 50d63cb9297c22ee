import type { CodeEntry } from '@autodevops/domain/finding';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { kubeletSilent, networkPlugin, notReady, runtimeDown, shuttingDown } from './codes.ts';

/** Texts of kubelets and runtimes of many years, in lower case; the first that fits decides. */
const wordings: readonly (readonly [CodeEntry, readonly string[]])[] = [
  [shuttingDown, ['node is shutting down', 'kubelet is shutting down']],
  [
    runtimeDown,
    [
      'container runtime is down',
      'pleg is not healthy',
      'runtimeready=false',
      'container runtime status check may not have completed',
      'container runtime not ready',
      'containerd.sock',
      'crio.sock',
      'docker.sock',
      'dockershim.sock',
      'is the docker daemon running',
      'failed to get container status from the runtime',
    ],
  ],
  [
    networkPlugin,
    [
      'networkpluginnotready',
      'networkready=false',
      'cni plugin not initialized',
      'cni config uninitialized',
      'no cni configuration file',
      'runtime network not ready',
      'no networks found in /etc/cni',
    ],
  ],
];

/** Which code a Ready condition that is not True stands for. */
export function codeOfReady(ready: Condition): CodeEntry {
  if (ready.status === 'Unknown' || ready.reason === 'NodeStatusUnknown' || ready.reason === 'NodeStatusNeverUpdated') {
    return kubeletSilent;
  }
  const message = ready.message.toLowerCase();
  return wordings.find(([, texts]) => texts.some((text) => message.includes(text)))?.[0] ?? notReady;
}
