/** A context of the kubeconfig. */
export interface KnownContext {
  readonly name: string;
  /** Empty where its cluster is not described. */
  readonly server: string;
  /** Empty where the context names none. */
  readonly namespace: string;
  /** Whether its cluster is on this machine, as far as that can be told. */
  readonly local: boolean;
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|kubernetes\.docker\.internal)$/;

function matches(name: string, pattern: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${expression}$`, 's').test(name);
}

/**
 * Whether a context leads to a cluster of this machine: it is called as such clusters are, and its server has a loopback
 * address. Either alone proves nothing: tunnels to production end on loopback too, and names are free.
 */
export function isLocal({ name, server }: Pick<KnownContext, 'name' | 'server'>, patterns: readonly string[]): boolean {
  if (!URL.canParse(server) || !loopback.test(new URL(server).hostname)) return false;
  return patterns.some((pattern) => matches(name, pattern));
}
