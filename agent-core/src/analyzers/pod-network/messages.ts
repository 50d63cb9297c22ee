import type { CodeEntry } from '@autodevops/domain/finding';
import {
  accessRefused,
  agentDown,
  apiUnreachable,
  bridgeAddress,
  networkNotReady,
  noAddress,
  pauseImage,
  pluginMissing,
  runtimeHandler,
  sandboxFailed,
} from './codes.ts';

/** Parts of messages, most telling first. Texts: containerd, CRI-O, the CNI plugins, Calico, Cilium, Flannel, AWS and Azure. */
const table: readonly (readonly [CodeEntry, readonly (string | RegExp)[]])[] = [
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
      'per host block limit',
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
  // What plugins that ask the API server themselves get for an answer: Calico, Multus, Whereabouts.
  [
    accessRefused,
    [
      'connection is unauthorized',
      /: unauthorized\W*$/,
      'the server has asked for the client to provide credentials',
      ' is forbidden: user "',
      /(?:clusterinformation|\/apis?\/).{0,300}x509: /,
    ],
  ],
  [apiUnreachable, [/get "https:\/\/[^"\s]{1,200}\/apis?\/[^"]{1,300}": (?:dial tcp|net\/http|context deadline|eof)/]],
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
  return (
    table.find(([, parts]) =>
      parts.some((part) => (typeof part === 'string' ? text.includes(part) : part.test(text))),
    )?.[0] ?? sandboxFailed
  );
}

/** What the runtime starts every sandbox from, by the name that it asks for; quoted, or empty where it is not named. */
export function sandboxImage(message: string): string {
  const name = /sandbox image "([^"\s]{1,200})"/.exec(message)?.[1];
  return name === undefined ? '' : ` "${name}"`;
}
