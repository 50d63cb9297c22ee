import { AutoDevOpsError } from '@autodevops/domain/errors';
import { isHeaderText } from '../http/header-text.ts';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';

interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

/**
 * Headers that act as somebody (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation).
 * An access that acts as somebody already is not lent to another: throws `cluster.forbidden`.
 */
export function impersonationHeaders(
  as: Identity | undefined,
  { headers, name }: Pick<ClusterAccess, 'headers' | 'name'>,
): Readonly<Record<string, string | readonly string[]>> {
  if (as === undefined) return {};
  if (Object.keys(headers).some((header) => /^impersonate-/i.test(header))) {
    throw new AutoDevOpsError(
      'cluster.forbidden',
      `The context "${name}" acts as somebody else already, so nothing can be done as ${as.user} through it.`,
      'Take the impersonation out of the kubeconfig.',
    );
  }
  if (![as.user, ...as.groups].every(isHeaderText)) {
    throw new AutoDevOpsError(
      'cluster.invalid',
      'The Kubernetes user or a group to act as is empty or has characters that cannot be sent.',
      'Correct the link between the person and the Kubernetes user.',
    );
  }
  return { 'Impersonate-User': as.user, ...(as.groups.length === 0 ? {} : { 'Impersonate-Group': as.groups }) };
}
