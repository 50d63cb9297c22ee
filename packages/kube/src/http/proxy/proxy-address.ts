import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';

/** What a proxy did instead of connecting. Names it without its credentials. */
export function proxyRefused(proxy: URL, why: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'cluster.unreachable',
    `The proxy ${oneLine(proxy.host, 80)} ${why}.`,
    'Check proxy-url of the kubeconfig, or HTTPS_PROXY and NO_PROXY.',
  );
}

/** The host of an address as sockets take it: an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** A user or password out of an address; as it stands there where it is not encoded as one. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
