import type { WindowParts } from '../window-parts.ts';

/** The namespace of objects that do not say one: that of the chosen context, as kubectl has it. */
export function homeNamespace({ clusters }: Pick<WindowParts, 'clusters'>): string {
  return clusters.state.value.chosen?.namespace || 'default';
}
