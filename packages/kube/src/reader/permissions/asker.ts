import { oneLine } from '@autodevops/domain/printable';
import type { ClusterAccess } from '../../kubeconfig/kubeconfig.ts';

/** Whose permissions decide, at the head of a sentence: whom we act as, or else the user of the context. */
export function askerOf({ name, headers }: Pick<ClusterAccess, 'name' | 'headers'>): string {
  const other = headers['Impersonate-User'];
  return other === undefined ? `The user of context "${name}"` : `"${oneLine(String(other), 60)}"`;
}
