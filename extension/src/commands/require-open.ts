import { changeRefusal } from '../clusters/change-refusal.ts';
import type { WindowParts } from '../window-parts.ts';

/** Throws why nothing of the chosen cluster may be changed from this window, where that is so. */
export function requireOpen(parts: Pick<WindowParts, 'clusters' | 'folderConfigs'>): void {
  const refusal = changeRefusal(parts);
  if (refusal !== undefined) throw refusal;
}
