import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { WindowParts } from '../window-parts.ts';

/** Why nothing of the chosen cluster may be changed from this window now: it is read-only, or what the folder forbids is not known. Undefined where it may. */
export function changeRefusal({
  clusters,
  folderConfigs,
}: Pick<WindowParts, 'clusters' | 'folderConfigs'>): AutoDevOpsError | undefined {
  return clusters.refusal() ?? folderConfigs.refusal();
}
