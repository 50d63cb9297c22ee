import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { printable } from '@autodevops/domain/printable';
import { saidInEditor } from '../language/said-in-editor.ts';

/** What could not be seen, why, and what to do about it. */
export function blindSpotText({ what, why, remedy }: BlindSpot): string {
  return printable(saidInEditor(`${what}: ${why} ${remedy}`));
}
