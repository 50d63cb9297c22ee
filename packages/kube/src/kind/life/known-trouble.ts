import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';

interface Trouble {
  readonly words: RegExp;
  readonly code: ErrorCode;
  readonly says: (match: RegExpExecArray) => string;
  readonly remedy: string;
}

const inotify =
  'Raise them: `sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512` (https://kind.sigs.k8s.io/docs/user/known-issues/#pod-errors-due-to-too-many-open-files).';

/** What engines, kind and kubeadm say of troubles that have a name; the first that fits is told. */
const troubles: readonly Trouble[] = [
  {
    words: /cannot connect to the docker daemon|is the docker daemon running|error during connect/i,
    code: 'local.no-engine',
    says: () => 'The container engine stopped answering.',
    remedy: 'Start it again; what was begun is continued by the next `up`.',
  },
  {
    words: /permission denied while trying to connect/i,
    code: 'local.no-engine',
    says: () => 'You may not talk to the container engine: permission denied.',
    remedy: 'Become a member of its group, or use a rootless engine.',
  },
  {
    words:
      /(?:bind for \S*?:(\d+) failed|:(\d+):? (?:bind|listen)\S*:? address already in use|port is already allocated)/i,
    code: 'local.port-taken',
    says: (match) => `Port ${match[1] ?? match[2] ?? 'of a mapping'} is taken on this machine.`,
    remedy: 'Stop what listens there, or choose another `host` under `cluster.ports`.',
  },
  {
    words: /too many open files|inotify_init|inotify watch(?:es)? limit/i,
    code: 'local.machine',
    says: () => "The machine's inotify limits are too low for so many nodes.",
    remedy: inotify,
  },
  {
    words: /no space left on device/i,
    code: 'local.machine',
    says: () => 'The disk of the container engine is full.',
    remedy: 'Make room: `docker system df` says what takes it, `docker system prune` gives back what nothing uses.',
  },
  {
    words: /toomanyrequests|rate limit/i,
    code: 'local.image-unavailable',
    says: () => 'The registry gives out no more images to this address for now.',
    remedy: 'Log in there (`docker login`), wait, or name a mirror by `cluster.registryMirrors`.',
  },
  {
    words:
      /no such host|temporary failure in name resolution|i\/o timeout|connection refused|network is unreachable|tls handshake timeout|context deadline exceeded.*(?:registry|manifests)|x509: certificate signed by unknown authority|proxyconnect/i,
    code: 'local.image-unavailable',
    says: () => 'The image cannot be fetched: the registry is not reachable from here.',
    remedy:
      'Check network and proxy of the container engine; or bring the image once (`docker load`) and name it by `cluster.image`.',
  },
  {
    words: /manifest (?:for \S+ )?(?:unknown|not found)|repository does not exist|pull access denied/i,
    code: 'local.image-unavailable',
    says: () => 'The registry has no such image.',
    remedy:
      'Correct `cluster.kubernetes` or `cluster.image`; https://github.com/kubernetes-sigs/kind/releases lists the images of each release.',
  },
  {
    words: /rootless provider requires (?:cgroup v2|setting systemd)/i,
    code: 'local.machine',
    says: () => 'A rootless engine needs cgroup v2 with delegation.',
    remedy: 'See https://kind.sigs.k8s.io/docs/user/rootless, or use an engine of root.',
  },
  {
    words: /could not find a log line that matches "Reached target/i,
    code: 'local.machine',
    says: () => 'A node did not start: its systemd did not come up.',
    remedy: `Most often these are inotify limits or cgroups. ${inotify}`,
  },
  {
    words:
      /failCgroupV1|cgroup v1 support is (?:unsupported|in maintenance)|kubelet is configured to not run on a host using cgroup v1/i,
    code: 'local.machine',
    says: () => 'The kubelet does not run on cgroup v1.',
    remedy:
      'Boot with cgroup v2 (`systemd.unified_cgroup_hierarchy=1`), or take Kubernetes 1.34 (`cluster.kubernetes`).',
  },
  {
    words: /node\(s\) already exist for a cluster/i,
    code: 'local.not-ours',
    says: () => 'A Kind cluster of that name came into being meanwhile.',
    remedy: 'Look at `kind get clusters`, and choose another `cluster.name`.',
  },
  {
    words: /(?:failed to init node with kubeadm|failed to join node with kubeadm|timed out waiting for the condition)/i,
    code: 'local.failed',
    says: () => 'Kubernetes did not come up in a node in time.',
    remedy: 'The machine may be too slow or out of memory: close something, take fewer nodes, and run `up` again.',
  },
];

/** A failure in words that people can act on; `log` names the file with everything that was said. */
export function explained(what: string, said: string, log?: string): AutoDevOpsError {
  const more = log === undefined ? '' : ` All that was said is in ${log}.`;
  for (const { words, code, says, remedy } of troubles) {
    const match = words.exec(said);
    if (match !== null) return new AutoDevOpsError(code, `${what}: ${says(match)}`, `${remedy}${more}`);
  }
  const quoted = oneLine(redact(said.trim()), 300);
  return new AutoDevOpsError(
    'local.failed',
    `${what}${quoted === '' ? '' : `: ${quoted.replace(/\.$/, '')}`}.`,
    `Run \`up\` again, which goes on from here.${more}`,
  );
}
