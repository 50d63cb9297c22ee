import type { CodeEntry } from '@autodevops/domain/finding';
import {
  agentDown,
  bridgeAddress,
  networkNotReady,
  noAddress,
  pauseImage,
  pluginMissing,
  runtimeHandler,
  sandboxFailed,
} from './codes.ts';

/** Parts of messages, most telling first. Texts: containerd, CRI-O, the CNI plugins, Calico, Cilium, Flannel, AWS and Azure. */
const table: readonly (readonly [CodeEntry, readonly string[]])[] = [
  [
    noAddress,
    [
      'no ip addresses available in range',
      'failed to assign an ip address to container',
      'no available ip',
      'range is full',
      'no more ips',
      'insufficient ip',
      'failed to allocate for range',
      'ipam: no free',
      'out of ip addresses',
      'all ip ranges are exhausted',
      'ip address exhausted',
      'no available addresses',
      'failed to allocate all requested ips',
      'assigned 0 out of',
      'no more free affine blocks',
    ],
  ],
  [
    pauseImage,
    [
      'failed to get sandbox image',
      'failed pulling image "registry.k8s.io/pause',
      'failed to pull image "registry.k8s.io/pause',
      'unable to pull sandbox image',
      'creating pod sandbox: pinging container registry',
    ],
  ],
  [
    runtimeHandler,
    ['no runtime for', 'failed to find runtime handler', 'runtime handler not supported', 'unknown runtime handler'],
  ],
  [
    networkNotReady,
    [
      'cni plugin not initialized',
      'no networks found in',
      'networkpluginnotready',
      'cni config uninitialized',
      'no cni configuration file',
      'network is not ready',
    ],
  ],
  [pluginMissing, ['failed to find plugin']],
  [bridgeAddress, ['already has an ip address different from']],
  [
    agentDown,
    [
      '/var/lib/calico/nodename',
      'cilium.sock',
      'cilium api client',
      'cilium agent',
      'cilium-agent',
      'flannel/subnet.env',
      'error getting clusterinformation',
      '127.0.0.1:50051',
      'add cmd: error received from addnetwork grpc call',
      'antrea-agent',
      'antrea/cni.sock',
      'weave',
      'azure-vnet',
      'multus.sock',
      'ovn-cni-server.sock',
      'kube-ovn-daemon',
      'shim.sock',
    ],
  ],
];

/** What an event FailedCreatePodSandBox or NetworkNotReady says. */
export function readSandboxMessage(message: string): CodeEntry {
  const text = message.slice(0, 8000).toLowerCase();
  return table.find(([, parts]) => parts.some((part) => text.includes(part)))?.[0] ?? sandboxFailed;
}
