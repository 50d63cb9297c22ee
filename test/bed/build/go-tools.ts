import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isOnPath, run } from '../host/command.ts';
import { SOURCE } from '../host/folders.ts';
import { requireGo } from '../host/machine.ts';
import { KUBERNETES } from '../versions.ts';
import { hasPiece, keyOf, pieceOnDisk, type Piece } from './pieces.ts';

type GoTool = { module: string; packages: readonly string[]; binary?: string; variables?: Readonly<Record<string, string>> };
export type GoToolName = keyof typeof TOOLS;

const CONTAINERD = 'github.com/containerd/containerd/v2/cmd';
const KUBERNETES_VERSION = versionVariables('k8s.io/component-base/version', 'k8s.io/client-go/pkg/version');

/** One Go module per tool, under go/: its go.mod and go.sum pin everything. Two pieces share the module of Kubernetes. */
const TOOLS = {
  'kubernetes-control-plane': kubernetes('kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'),
  'kubernetes-node': kubernetes('kubeadm', 'kubelet', 'kube-proxy'),
  etcd: { module: 'etcd', packages: ['go.etcd.io/etcd/server/v3'], binary: 'etcd' },
  containerd: { module: 'containerd', packages: ['containerd', 'containerd-shim-runc-v2', 'ctr'].map((name) => `${CONTAINERD}/${name}`) },
  coredns: { module: 'coredns', packages: ['github.com/coredns/coredns'] },
  kind: { module: 'kind', packages: ['sigs.k8s.io/kind'] },
  'local-path-provisioner': { module: 'local-path-provisioner', packages: ['github.com/rancher/local-path-provisioner'] },
} satisfies Record<string, GoTool>;

function kubernetes(...commands: string[]): GoTool {
  return { module: 'kubernetes', packages: commands.map((name) => `k8s.io/kubernetes/cmd/${name}`), variables: KUBERNETES_VERSION };
}

function versionVariables(...packages: string[]): Record<string, string> {
  const [major, minor] = KUBERNETES.split('.') as [string, string, string];
  return Object.fromEntries(packages.flatMap((name) => [
    [`${name}.gitVersion`, `v${KUBERNETES}`], [`${name}.gitMajor`, major], [`${name}.gitMinor`, minor],
  ]));
}

export const GO_TOOLS = Object.keys(TOOLS) as readonly GoToolName[];

/** Why tools cannot be had: not in the cache, and no Go to build them with. */
export async function whyNoTools(tools: readonly GoToolName[]): Promise<string | undefined> {
  if (tools.every((tool) => hasPiece(goToolPiece(tool))) || (await isOnPath('go'))) return undefined;
  return 'Go is missing, and the tools are not in the cache yet (install Go 1.26)';
}

export function goToolPiece(name: GoToolName): Piece {
  const tool: GoTool = TOOLS[name];
  return { name, key: keyOf([`go/${tool.module}`], [tool]) };
}

/** The folder with the tool's binaries, built if need be. */
export async function goTool(name: GoToolName): Promise<string> {
  return await pieceOnDisk(goToolPiece(name), (folder) => build(TOOLS[name], folder));
}

// CGO is off for every tool: the binaries are static, and changing it would compile everything again.
const GO_ENVIRONMENT = { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' };

async function build(tool: GoTool, folder: string): Promise<void> {
  await requireGo();
  const variables = Object.entries(tool.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const output = tool.binary === undefined ? `${folder}/` : join(folder, tool.binary);
  const args = ['build', '-trimpath', '-ldflags', ['-s', '-w', ...variables].join(' '), '-o', output, ...tool.packages];
  await run('nice', ['-n', '10', 'go', ...args], {
    cwd: join(SOURCE, 'go', tool.module),
    env: GO_ENVIRONMENT,
    seconds: 2400,
    advice: 'Go needs its module proxy (GOPROXY) once, and about 6 GB of disk for its build cache.',
  });
}

/** Where kind's own files for a node image are, in Go's module cache. */
export async function kindImageFiles(): Promise<string> {
  await requireGo();
  const options = { cwd: join(SOURCE, 'go/kind'), env: GO_ENVIRONMENT };
  await run('go', ['mod', 'download', 'sigs.k8s.io/kind'], options);
  const folder = (await run('go', ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kind'], options)).trim();
  const files = join(folder, 'images/base/files');
  if (!existsSync(files)) throw new Error(`kind's module has no ${files}`);
  return files;
}
