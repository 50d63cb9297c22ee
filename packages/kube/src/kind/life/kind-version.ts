import { AutoDevOpsError } from '@autodevops/domain/errors';

/** The first release whose node images have containerd 2 and whose configuration is what is written here. */
export const oldestKind = '0.30.0';

/** `kind v0.33.0 go1.26.8 linux/amd64` → `0.33.0`; undefined for anything else. */
export function kindVersionIn(output: string): string | undefined {
  return /^kind v?(\d+\.\d+\.\d+)\S*(?:\s|$)/m.exec(output)?.[1];
}

/** Negative when `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (const at of [0, 1, 2]) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const releases = 'https://kind.sigs.k8s.io/dl';
const quickStart = 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation';

/** How to get kind on this platform (kind.sigs.k8s.io/docs/user/quick-start). Platform and architecture in Node's words. */
export function howToGetKind(platform: string, architecture: string, version: string): string {
  if (platform === 'darwin') return `\`brew install kind\`, or ${quickStart}`;
  if (platform === 'win32') return `\`winget install Kubernetes.kind\` (or \`choco install kind\`), or ${quickStart}`;
  const built = platform === 'linux' ? { x64: 'amd64', arm64: 'arm64' }[architecture] : undefined;
  if (built === undefined) return `\`go install sigs.k8s.io/kind@v${version}\`, or ${quickStart}`;
  return `\`curl -Lo kind ${releases}/v${version}/kind-linux-${built} && chmod +x kind && sudo mv kind /usr/local/bin/\`, or ${quickStart}`;
}

interface Machine {
  readonly platform: string;
  readonly architecture: string;
}

/** The newest release that was tried with this program. */
const recommended = '0.33.0';

export function noKind(program: string, { platform, architecture }: Machine): AutoDevOpsError {
  return new AutoDevOpsError(
    'local.no-kind',
    `There is no program "${program}" here, which makes local clusters.`,
    `Get it: ${howToGetKind(platform, architecture, recommended)}. Elsewhere than on PATH: \`cluster.kind\` in the configuration, or AUTODEVOPS_KIND.`,
  );
}

/** Throws `local.no-kind` for what is no kind, or one that is too old. Returns its version. */
export function checkedKindVersion(program: string, output: string, { platform, architecture }: Machine): string {
  const version = kindVersionIn(output);
  if (version === undefined) {
    throw new AutoDevOpsError(
      'local.no-kind',
      `"${program}" does not say which version of kind it is.`,
      `Check what it is; a kind of version ${oldestKind} or newer is needed.`,
    );
  }
  if (compareVersions(version, oldestKind) >= 0) return version;
  throw new AutoDevOpsError(
    'local.no-kind',
    `kind ${version} is too old; ${oldestKind} or newer is needed.`,
    `Get a newer one: ${howToGetKind(platform, architecture, recommended)}.`,
  );
}
