import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import type { LocalClusterSettings } from '@autodevops/domain/ports/local-cluster';
import { formatBytes } from '@autodevops/domain/quantity';
import { isRecord } from '@autodevops/domain/raw-record';
import { parseDocument, stringify } from 'yaml';

type Raw = Readonly<Record<string, unknown>>;

/** What of the machine the configuration depends on. */
export interface KindFacts {
  /** Bytes that every kubelet keeps from its pods; undefined: none. */
  readonly setAside: number | undefined;
  /** The engine's; 1 or 2. */
  readonly cgroup: number;
}

const apiVersion = 'kind.x-k8s.io/v1alpha4';
/** Said by our own settings, or by the command line. */
const ours: Readonly<Record<string, string>> = {
  nodes: '`cluster.nodes`, `cluster.ports` and `cluster.mounts`',
  name: '`cluster.name`',
};

function refuse(file: string, what: string, remedy: string): never {
  throw new AutoDevOpsError('config.invalid', `${file}: ${what}.`, remedy);
}

/** The part of kind's configuration that people wrote themselves. Throws `config.invalid`. */
function readGiven({ kindConfiguration }: LocalClusterSettings): Raw {
  if (kindConfiguration === undefined) return {};
  const { text, file } = kindConfiguration;
  const document = parseDocument(text, { prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) refuse(file, `it is no YAML (${oneLine(broken.message, 120)})`, 'Correct it.');
  const { kind, apiVersion: version, ...given } = (document.toJS({ maxAliasCount: 20 }) ?? {}) as Raw;
  if (
    !isRecord(given) ||
    (kind !== undefined && kind !== 'Cluster') ||
    (version !== undefined && version !== apiVersion)
  ) {
    refuse(file, `it is no Cluster of ${apiVersion}`, 'See https://kind.sigs.k8s.io/docs/user/configuration.');
  }
  for (const [key, instead] of Object.entries(ours)) {
    if (key in given) refuse(file, `"${key}" is not taken from here`, `Say it by ${instead}.`);
  }
  return given;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function kubeletPatch({ setAside, cgroup }: KindFacts): Raw | undefined {
  const patch = {
    // Kubernetes 1.35 and newer do not start on cgroup v1 unless told to (KEP 5573).
    ...(cgroup === 1 ? { failCgroupV1: false } : {}),
    ...(setAside === undefined || setAside === 0
      ? {}
      : { systemReserved: { memory: `${Math.floor(setAside / 2 ** 20)}Mi` } }),
  };
  return Object.keys(patch).length === 0
    ? undefined
    : { kind: 'KubeletConfiguration', apiVersion: 'kubelet.config.k8s.io/v1beta1', ...patch };
}

function nodesOf({ nodes, ports, mounts }: LocalClusterSettings): readonly Raw[] {
  const extraMounts = mounts.map(({ host, node, readOnly }) => ({ hostPath: host, containerPath: node, readOnly }));
  const mounted = extraMounts.length === 0 ? {} : { extraMounts };
  const extraPortMappings = ports.map(({ host, node, address, protocol }) => ({
    hostPort: host,
    containerPort: node,
    listenAddress: address,
    protocol,
  }));
  const controlPlane = {
    role: 'control-plane',
    ...mounted,
    ...(extraPortMappings.length === 0 ? {} : { extraPortMappings }),
  };
  return [controlPlane, ...Array.from({ length: nodes - 1 }, () => ({ role: 'worker', ...mounted }))];
}

/** Kind's configuration file. Throws `config.invalid` for a `kindConfiguration` that is none. */
export function kindConfigurationText(settings: LocalClusterSettings, facts: KindFacts): string {
  const { kubeadmConfigPatches, ...given } = readGiven(settings);
  const patch = kubeletPatch(facts);
  // What people wrote comes last, so that it wins.
  const patches = [...(patch === undefined ? [] : [stringify(patch)]), ...listOf(kubeadmConfigPatches)];
  return stringify({
    kind: 'Cluster',
    apiVersion,
    nodes: nodesOf(settings),
    ...given,
    ...(patches.length === 0 ? {} : { kubeadmConfigPatches: patches }),
  });
}

/** Whether kind brings the pod network; if not, whoever turned it off does, and nodes become ready only then. */
export function bringsPodNetwork(settings: LocalClusterSettings): boolean {
  const { networking } = readGiven(settings);
  return !(isRecord(networking) && networking['disableDefaultCNI'] === true);
}

/** For people: what a node's share is. */
export function shareText({
  memory,
  cpus,
}: {
  readonly memory: number | undefined;
  readonly cpus: number | undefined;
}): string {
  return [
    ...(memory === undefined ? [] : [`${formatBytes(memory)} of memory`]),
    ...(cpus === undefined ? [] : [`${cpus} cores`]),
  ].join(' and ');
}

/** containerd's hosts.toml for a registry that is asked at another address (github.com/containerd/containerd, docs/hosts.md). */
export function mirrorFile(registry: string, mirror: string): { readonly folder: string; readonly text: string } {
  const server = registry === 'docker.io' ? 'https://registry-1.docker.io' : `https://${registry}`;
  return {
    folder: `/etc/containerd/certs.d/${registry}`,
    text: `server = "${server}"\n\n[host."${mirror}"]\n  capabilities = ["pull", "resolve"]\n`,
  };
}
