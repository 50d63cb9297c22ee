import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import type { Analyzer } from '../analyzer.ts';
import { kubeletNewer, kubeletTooOld, proxySkew } from './codes.ts';

interface Version {
  readonly text: string;
  readonly minor: number;
}

function readVersion(text: string): Version | undefined {
  const match = /^v?1\.(\d{1,3})(?:[.+-]|$)/.exec(text);
  return match === null ? undefined : { text, minor: Number(match[1]) };
}

function imageTag(image: string): string {
  const [withoutDigest = ''] = image.split('@');
  const colon = withoutDigest.lastIndexOf(':');
  return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.slice(colon + 1) : '';
}

/** As the server says, else the oldest API server that runs as a pod (in an upgrade there are two versions). */
function serverVersion(snapshot: Snapshot): Version | undefined {
  const stated = readVersion(snapshot.parts.serverVersion ?? '');
  if (stated !== undefined) return stated;
  const tags = controlPlanePods(snapshot, 'kube-apiserver').flatMap((pod) =>
    pod.spec.containers.map((c) => readVersion(imageTag(c.image))),
  );
  return tags.filter((v) => v !== undefined).toSorted((a, b) => a.minor - b.minor)[0];
}

function allowedLag(kubelet: Version): number {
  return kubelet.minor < 25 ? 2 : 3;
}

function checkNode(node: Node, server: Version): Finding[] {
  const kubelet = readVersion(node.status.nodeInfo.kubeletVersion);
  if (kubelet === undefined) return [];
  const behind = server.minor - kubelet.minor;
  const code: CodeEntry | undefined =
    behind < 0 ? kubeletNewer : behind > allowedLag(kubelet) ? kubeletTooOld : undefined;
  if (code === undefined) return [];
  const ref = refTo('Node', node);
  const how = behind < 0 ? 'newer than' : `${behind} minor versions older than`;
  return [
    finding(code, {
      object: ref,
      cause: `The kubelet of node "${node.metadata.name}" is ${kubelet.text}, ${how} the API server (${server.text}).`,
      evidence: [fromStatus(ref, 'status.nodeInfo.kubeletVersion', `kubeletVersion: ${kubelet.text}`)],
    }),
  ];
}

function checkProxy(snapshot: Snapshot, server: Version): Finding[] {
  const proxy = snapshot.get('DaemonSet', 'kube-system', 'kube-proxy');
  const at = proxy?.spec.template.spec.containers.findIndex((c) => c.name === 'kube-proxy') ?? -1;
  const image = proxy?.spec.template.spec.containers[at]?.image ?? '';
  const version = readVersion(imageTag(image));
  if (proxy === undefined || version === undefined) return [];
  const behind = server.minor - version.minor;
  if (behind >= 0 && behind <= 3) return [];
  const ref = refTo('DaemonSet', proxy);
  const how = behind < 0 ? 'newer than' : `${behind} minor versions older than`;
  return [
    finding(proxySkew, {
      object: ref,
      cause: `kube-proxy runs ${version.text}, ${how} the API server (${server.text}).`,
      evidence: [fromSpec(ref, `spec.template.spec.containers[${at}].image`, `image: ${image}`)],
    }),
  ];
}

/** Kubelets and kube-proxy against https://kubernetes.io/releases/version-skew-policy/. */
export const versionSkew: Analyzer = {
  name: 'version-skew',
  codes: [kubeletNewer, kubeletTooOld, proxySkew],
  analyze: (snapshot) => {
    const server = serverVersion(snapshot);
    if (server === undefined) return [];
    return [...snapshot.list('Node').flatMap((node) => checkNode(node, server)), ...checkProxy(snapshot, server)];
  },
};
