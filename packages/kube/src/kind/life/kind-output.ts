import type { LocalStep } from '@autodevops/domain/local-cluster';

/** What kind says when it begins something (pkg/cluster/internal/create and providers), and which step that is. */
const begins: readonly (readonly [RegExp, LocalStep])[] = [
  [/^Preparing nodes/, 'nodes'],
  [
    /^(?:Writing configuration|Configuring the external load balancer|Starting control-plane|Joining more control-plane nodes)/,
    'control-plane',
  ],
  [/^Installing CNI/, 'network'],
  [/^Installing StorageClass/, 'storage'],
  [/^Joining worker nodes/, 'workers'],
];

/** The step that begins with a line of kind's, which without a terminal reads ` • Preparing nodes 📦 📦   ...`. */
export function stepBegunBy(line: string): LocalStep | undefined {
  const said = /^\s*•\s+(.+?)\s*\.*\s*$/u.exec(line)?.[1];
  return said === undefined ? undefined : begins.find(([words]) => words.test(said))?.[1];
}

const noise =
  /^(?:\s*$|Creating cluster|Deleted nodes|Set kubectl context|You can now use|kubectl cluster-info|Have a |Thanks for|Not sure what|WARNING: |enabling experimental|using \w+ due to)|^\s*[•✓]/u;

/** The lines that say what went wrong; kind's Go stack traces and kubeadm's log stay in the file. */
export function failureLines(lines: readonly string[]): readonly string[] {
  const errors = lines.filter((line) => /^ERROR:|^Command Output:|^error:|\[ERROR |fatal/i.test(line));
  return errors.length > 0 ? errors : lines.filter((line) => !noise.test(line)).slice(-3);
}
