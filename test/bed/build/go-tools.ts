import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isOnPath, run } from '../host/command.ts';
import { SOURCE } from '../host/folders.ts';
import { requireGo } from '../host/machine.ts';
import { KUBERNETES } from '../versions.ts';
import { hasPiece, keyOf, pieceOnDisk, type Piece } from './pieces.ts';

type GoTool = {
  module: string;
  packages: readonly string[];
  binary?: string;
  variables?: Readonly<Record<string, string>>;
  /** Folders of Go modules with the CustomResourceDefinitions that the programs work on. */
  definitions?: readonly { module: string; folder: string }[];
};
export type GoToolName = keyof typeof TOOLS | keyof typeof DELIVERY | keyof typeof MONITORING;

const CONTAINERD = 'github.com/containerd/containerd/v2/cmd';
const KUBERNETES_VERSION = versionVariables('k8s.io/component-base/version', 'k8s.io/client-go/pkg/version');

/**
 * What a cluster is made of. One Go module per tool, under go/: its go.mod and go.sum pin everything. Two pieces share
 * the module of Kubernetes.
 */
const TOOLS = {
  'kubernetes-control-plane': kubernetes('kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'),
  'kubernetes-node': kubernetes('kubeadm', 'kubelet', 'kube-proxy'),
  etcd: { module: 'etcd', packages: ['go.etcd.io/etcd/server/v3'], binary: 'etcd' },
  containerd: {
    module: 'containerd',
    packages: ['containerd', 'containerd-shim-runc-v2', 'ctr'].map((name) => `${CONTAINERD}/${name}`),
  },
  coredns: { module: 'coredns', packages: ['github.com/coredns/coredns'] },
  kind: { module: 'kind', packages: ['sigs.k8s.io/kind'] },
  'local-path-provisioner': {
    module: 'local-path-provisioner',
    packages: ['github.com/rancher/local-path-provisioner'],
  },
} satisfies Record<string, GoTool>;

const FLUX = ['source-controller', 'kustomize-controller', 'helm-controller'].map(
  (name) => `github.com/fluxcd/${name}`,
);

/** What people deliver with; the controllers of one release of Flux share a module. */
const DELIVERY = {
  helm: { module: 'helm', packages: ['helm.sh/helm/v3/cmd/helm'] },
  argocd: {
    module: 'argocd',
    packages: ['.'],
    binary: 'argocd',
    definitions: [{ module: 'github.com/argoproj/argo-cd/v3', folder: 'manifests/crds' }],
  },
  flux: { module: 'flux', packages: FLUX, definitions: FLUX.map((module) => ({ module, folder: 'config/crd/bases' })) },
} satisfies Record<string, GoTool>;

/** What tells of alerts. Later versions are published without the pages that they embed, and do not compile. */
const MONITORING = {
  alertmanager: {
    module: 'alertmanager',
    packages: ['github.com/prometheus/alertmanager/cmd/alertmanager'],
    binary: 'alertmanager',
  },
} satisfies Record<string, GoTool>;

function kubernetes(...commands: string[]): GoTool {
  return {
    module: 'kubernetes',
    packages: commands.map((name) => `k8s.io/kubernetes/cmd/${name}`),
    variables: KUBERNETES_VERSION,
  };
}

function versionVariables(...packages: string[]): Record<string, string> {
  const [major, minor] = KUBERNETES.split('.') as [string, string, string];
  return Object.fromEntries(
    packages.flatMap((name) => [
      [`${name}.gitVersion`, `v${KUBERNETES}`],
      [`${name}.gitMajor`, major],
      [`${name}.gitMinor`, minor],
    ]),
  );
}

export const GO_TOOLS = Object.keys(TOOLS) as readonly GoToolName[];
export const DELIVERY_TOOLS = Object.keys(DELIVERY) as readonly GoToolName[];
export const MONITORING_TOOLS = Object.keys(MONITORING) as readonly GoToolName[];

function toolNamed(name: GoToolName): GoTool {
  return { ...TOOLS, ...DELIVERY, ...MONITORING }[name];
}

export function hasGoTool(name: GoToolName): boolean {
  return hasPiece(goToolPiece(name));
}

/** Why tools cannot be had: not in the cache, and no Go to build them with. */
export async function whyNoTools(tools: readonly GoToolName[]): Promise<string | undefined> {
  if (tools.every(hasGoTool) || (await isOnPath('go'))) return undefined;
  return 'Go is missing, and the tools are not in the cache yet (install Go 1.26)';
}

export function goToolPiece(name: GoToolName): Piece {
  const tool = toolNamed(name);
  return { name, key: keyOf([`go/${tool.module}`], [tool]) };
}

/** The folder with the tool's binaries, built if need be. */
export async function goTool(name: GoToolName): Promise<string> {
  return await pieceOnDisk(goToolPiece(name), (folder) => build(toolNamed(name), folder));
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
  for (const { module, folder: source } of tool.definitions ?? []) {
    copyDefinitions(join(await moduleFolder(tool.module, module), source), definitionsIn(folder));
  }
}

/** Where a tool's CustomResourceDefinitions are, in the folder that `goTool` gives. */
export function definitionsIn(folder: string): string {
  return join(folder, 'definitions');
}

function copyDefinitions(from: string, to: string): void {
  const files = readdirSync(from).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
  if (files.length === 0) throw new Error(`there are no definitions in ${from}`);
  for (const name of files) cpSync(join(from, name), join(to, name));
}

/** Where a module that one under go/ requires lies in Go's module cache. */
async function moduleFolder(under: string, module: string): Promise<string> {
  const options = { cwd: join(SOURCE, 'go', under), env: GO_ENVIRONMENT };
  await run('go', ['mod', 'download', module], options);
  return (await run('go', ['list', '-m', '-f', '{{.Dir}}', module], options)).trim();
}

/** Where kind's own files for a node image are, in Go's module cache. */
export async function kindImageFiles(): Promise<string> {
  await requireGo();
  const folder = await moduleFolder('kind', 'sigs.k8s.io/kind');
  const files = join(folder, 'images/base/files');
  if (!existsSync(files)) throw new Error(`kind's module has no ${files}`);
  return files;
}
