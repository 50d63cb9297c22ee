import { parse } from 'yaml';
import { expect, it } from 'vitest';
import type { LocalClusterSettings } from '@autodevops/domain/ports/local-cluster';
import { usualSettings } from '../testing/stage.ts';
import { bringsPodNetwork, kindConfigurationText, mirrorFile } from './kind-configuration.ts';

interface Written {
  readonly nodes: readonly {
    readonly role: string;
    readonly extraMounts?: unknown;
    readonly extraPortMappings?: unknown;
  }[];
  readonly kubeadmConfigPatches?: readonly string[];
  readonly [key: string]: unknown;
}

const plain = { setAside: undefined, cgroup: 2 };

function written(
  settings: Partial<LocalClusterSettings>,
  facts: Parameters<typeof kindConfigurationText>[1] = plain,
): Written {
  return parse(kindConfigurationText({ ...usualSettings, ...settings }, facts)) as Written;
}

function own(text: string): Partial<LocalClusterSettings> {
  return { kindConfiguration: { text, file: 'kind.yaml' } };
}

it('has one control plane, and workers for the rest', () => {
  expect(written({ nodes: 3 })).toEqual({
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    nodes: [{ role: 'control-plane' }, { role: 'worker' }, { role: 'worker' }],
  });
  expect(written({ nodes: 1 }).nodes).toHaveLength(1);
});

it('maps ports to the control plane and mounts folders into every node', () => {
  const { nodes } = written({
    nodes: 2,
    ports: [{ host: 8080, node: 30080, address: '127.0.0.1', protocol: 'TCP' }],
    mounts: [{ host: '/src', node: '/src', readOnly: true }],
  });
  const extraMounts = [{ hostPath: '/src', containerPath: '/src', readOnly: true }];
  expect(nodes).toEqual([
    {
      role: 'control-plane',
      extraMounts,
      extraPortMappings: [{ hostPort: 8080, containerPort: 30080, listenAddress: '127.0.0.1', protocol: 'TCP' }],
    },
    { role: 'worker', extraMounts },
  ]);
});

it('lets kubelets run on cgroup v1 where the engine has that, and keeps memory from pods', () => {
  const { kubeadmConfigPatches = [] } = written({}, { cgroup: 1, setAside: 8 * 2 ** 30 });
  expect(kubeadmConfigPatches.map((patch) => parse(patch) as unknown)).toEqual([
    {
      kind: 'KubeletConfiguration',
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      failCgroupV1: false,
      systemReserved: { memory: '8192Mi' },
    },
  ]);
});

it('takes over what people write for kind, whose patches come last', () => {
  const config = written(
    own('networking: {disableDefaultCNI: true}\nkubeadmConfigPatches: ["kind: ClusterConfiguration"]\n'),
    { cgroup: 1, setAside: undefined },
  );
  expect(config['networking']).toEqual({ disableDefaultCNI: true });
  expect(config.kubeadmConfigPatches?.at(-1)).toBe('kind: ClusterConfiguration');
  expect(config.kubeadmConfigPatches).toHaveLength(2);
});

it.each([
  ['nodes: [{role: worker}]', 'kind.yaml: "nodes" is not taken from here'],
  ['name: other', 'kind.yaml: "name" is not taken from here'],
  ['kind: Deployment', 'kind.yaml: it is no Cluster'],
  ['apiVersion: kind.x-k8s.io/v1alpha3', 'kind.yaml: it is no Cluster'],
  ['networking: [', 'kind.yaml: it is no YAML'],
])('refuses %s', (text, says) => {
  expect(() => written(own(text))).toThrow(says);
});

it('knows who brings the pod network', () => {
  expect(bringsPodNetwork(usualSettings)).toBe(true);
  expect(bringsPodNetwork({ ...usualSettings, ...own('networking: {disableDefaultCNI: true}') })).toBe(false);
  expect(bringsPodNetwork({ ...usualSettings, ...own('networking: {kubeProxyMode: nftables}') })).toBe(true);
});

it('names a mirror in the words of containerd', () => {
  expect(mirrorFile('docker.io', 'http://mirror:5000')).toEqual({
    folder: '/etc/containerd/certs.d/docker.io',
    text: 'server = "https://registry-1.docker.io"\n\n[host."http://mirror:5000"]\n  capabilities = ["pull", "resolve"]\n',
  });
});
