import type { WindowParts } from '../window-parts.ts';

/** Throws why nothing of the chosen cluster may be changed from this window, where that is so. */
export function requireOpen({ clusters }: Pick<WindowParts, 'clusters'>): void {
  const refusal = clusters.refusal();
  if (refusal !== undefined) throw refusal;
}
