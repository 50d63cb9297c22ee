import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { actingAs } from './acting-as.ts';
import type { ActingAs } from './acting-as.ts';
import { credentialReader, readPem } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { processEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { inClusterKubeconfig } from './in-cluster.ts';
import { emptyUser } from './kubeconfig-file.ts';
import type { ClusterEntry, ContextEntry, UserEntry } from './kubeconfig-file.ts';
import { readMergedKubeconfig } from './merged-kubeconfig.ts';
import type { MergedKubeconfig, Placed } from './merged-kubeconfig.ts';
import { nearestName } from './nearest-name.ts';
import { environmentProxy } from './proxy.ts';

/** Which cluster, in the words of kubectl's own options. */
export interface KubeconfigChoice extends ActingAs {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
}

/** Everything that a client needs to talk to one cluster. */
export interface ClusterAccess {
  /** The context's name; `in-cluster` for a pod's service account. */
  readonly name: string;
  readonly server: URL;
  /** The context's namespace, `default` where it names none. */
  readonly namespace: string;
  /** PEM; undefined: the system's authorities. */
  readonly authority: string | undefined;
  readonly serverName: string | undefined;
  readonly insecure: boolean;
  readonly proxy: URL | undefined;
  /** Impersonation headers. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Asked before each request. */
  readonly credentials: () => Promise<Credentials>;
  /** Reads the files again and runs plugins again: after a 401. The context stays the one that was chosen. */
  readonly renew: () => Promise<ClusterAccess>;
}

/** What a kubeconfig's current choice leads to, for `doctor` and for messages. */
export interface ContextFacts {
  readonly context: string;
  readonly server: string;
  readonly namespace: string;
  readonly contexts: readonly string[];
}

const execTimeoutMs = 60_000;

async function mergedFor(choice: KubeconfigChoice, environment: Environment): Promise<MergedKubeconfig> {
  const merged = await readMergedKubeconfig(choice.kubeconfig, environment);
  if (merged.contexts.size > 0 || merged.currentContext !== '' || choice.context !== undefined) return merged;
  const inside = await inClusterKubeconfig(environment);
  if (inside !== undefined) return inside;
  if (merged.files.length > 0) return merged;
  throw new AutoDevOpsError(
    'kubeconfig.not-found',
    'There is no kubeconfig: neither KUBECONFIG nor ~/.kube/config names a file that exists, and this is no pod in a cluster.',
    remedy`Get one from your cluster (for Kind: \`kind export kubeconfig\`), or pass its path with ${{ do: 'choose-kubeconfig' }}.`,
  );
}

function listed(names: Iterable<string>): string {
  const all = [...names].map((name) => oneLine(name, 60));
  return all.length === 0 ? 'none' : `${all.slice(0, 8).join(', ')}${all.length > 8 ? ', …' : ''}`;
}

function noContext(what: string, merged: MergedKubeconfig, near?: string): AutoDevOpsError {
  const meant = near === undefined ? '' : `Did you mean "${oneLine(near, 80)}"? `;
  return new AutoDevOpsError(
    'kubeconfig.no-context',
    what,
    remedy`${meant}Choose one with ${{ do: 'choose-context' }}. There are: ${listed(merged.contexts.keys())}.`,
  );
}

interface Chosen {
  readonly name: string;
  readonly context: ContextEntry;
  readonly cluster: Placed<ClusterEntry>;
  readonly user: Placed<UserEntry> | undefined;
}

function choose(choice: KubeconfigChoice, merged: MergedKubeconfig): Chosen {
  const name = choice.context ?? merged.currentContext;
  if (name === '') throw noContext('The kubeconfig has no current context.', merged);
  const context = merged.contexts.get(name);
  if (context === undefined) {
    throw noContext(
      `The kubeconfig has no context named "${oneLine(name, 80)}".`,
      merged,
      nearestName(name, merged.contexts.keys()),
    );
  }
  const cluster = merged.clusters.get(context.cluster);
  if (cluster === undefined || cluster.entry.server === '') {
    throw noContext(
      `The context "${oneLine(name, 80)}" points at the cluster "${oneLine(context.cluster, 80)}", which the kubeconfig does not describe.`,
      merged,
    );
  }
  const user = merged.users.get(context.user);
  if (user === undefined && context.user !== '') {
    throw noContext(
      `The context "${oneLine(name, 80)}" points at the user "${oneLine(context.user, 80)}", which the kubeconfig does not describe.`,
      merged,
    );
  }
  return { name, context, cluster, user };
}

function usable(url: URL | undefined, schemes: readonly string[]): url is URL {
  return url !== undefined && schemes.includes(url.protocol) && url.hostname !== '';
}

function parseUrl(text: string, what: string, schemes: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (usable(url, schemes)) return url;
  throw new AutoDevOpsError(
    'kubeconfig.invalid',
    `The kubeconfig's ${what} is no address of a kind that is supported (${schemes.join(' ')}).`,
    remedy`Repair the kubeconfig, or pass another one with ${{ do: 'choose-kubeconfig' }}.`,
  );
}

function serverOf(entry: ClusterEntry): URL {
  const secure =
    entry['certificate-authority'] !== '' ||
    entry['certificate-authority-data'] !== '' ||
    entry['insecure-skip-tls-verify'] === true;
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(entry.server)
    ? entry.server
    : `${secure ? 'https' : 'http'}://${entry.server}`;
  return parseUrl(whole, 'server', ['https:', 'http:']);
}

function proxyOf(entry: ClusterEntry, server: URL, environment: Environment): URL | undefined {
  const wanted = entry['proxy-url'] || environmentProxy(server, environment);
  return wanted === undefined || wanted === ''
    ? undefined
    : parseUrl(wanted, 'proxy', ['http:', 'https:', 'socks5:', 'socks5h:']);
}

/** The cluster as an exec plugin is told of it (`spec.cluster` of ExecCredential). */
function clusterInfo(entry: ClusterEntry, authority: string | undefined): Record<string, unknown> {
  const config = entry.extensions.find(
    (extension) => extension.name === 'client.authentication.k8s.io/exec',
  )?.extension;
  return {
    server: entry.server,
    ...(entry['tls-server-name'] === '' ? {} : { 'tls-server-name': entry['tls-server-name'] }),
    ...(entry['insecure-skip-tls-verify'] === true ? { 'insecure-skip-tls-verify': true } : {}),
    ...(authority === undefined ? {} : { 'certificate-authority-data': Buffer.from(authority).toString('base64') }),
    ...(entry['proxy-url'] === '' ? {} : { 'proxy-url': entry['proxy-url'] }),
    ...(config === undefined ? {} : { config }),
  };
}

/**
 * Reads the kubeconfig as kubectl does and says how to reach the chosen cluster. Nothing is sent and no plugin is run
 * yet. Throws `kubeconfig.*`.
 */
export async function loadClusterAccess(
  choice: KubeconfigChoice,
  environment: Environment = processEnvironment(),
): Promise<ClusterAccess> {
  const { name, context, cluster, user } = choose(choice, await mergedFor(choice, environment));
  const { entry, folder } = cluster;
  const authority = await readPem(entry['certificate-authority-data'], entry['certificate-authority'], {
    folder,
    environment,
    what: 'certificate authority',
  });
  const insecure = entry['insecure-skip-tls-verify'] === true;
  if (insecure && authority !== undefined) {
    throw new AutoDevOpsError(
      'kubeconfig.invalid',
      'The kubeconfig names a certificate authority and asks not to verify certificates: only one of both is possible.',
      "Take one of both out of the cluster's entry.",
    );
  }
  const server = serverOf(entry);
  const headers = actingAs(choice, user?.entry);
  const chosen = { ...choice, context: name };
  const fixed = name === 'in-cluster' ? choice : chosen;
  return {
    name,
    server,
    namespace: choice.namespace || context.namespace || 'default',
    authority,
    serverName: entry['tls-server-name'] || undefined,
    insecure,
    proxy: proxyOf(entry, server, environment),
    headers,
    credentials: await credentialReader(user ?? { entry: emptyUser, folder }, {
      environment,
      cluster: clusterInfo(entry, authority),
      execTimeoutMs,
    }),
    renew: () => loadClusterAccess(fixed, environment),
  };
}

/** Which contexts there are and where the chosen one leads; credentials are not touched. Throws `kubeconfig.*`. */
export async function readContextFacts(
  choice: KubeconfigChoice,
  environment: Environment = processEnvironment(),
): Promise<ContextFacts> {
  const merged = await mergedFor(choice, environment);
  const { name, context, cluster } = choose(choice, merged);
  const server = serverOf(cluster.entry);
  return {
    context: name,
    server: `${server.origin}${server.pathname.replace(/\/$/, '')}`,
    namespace: choice.namespace || context.namespace || 'default',
    contexts: [...merged.contexts.keys()],
  };
}
