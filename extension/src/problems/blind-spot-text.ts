import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { printable } from '@autodevops/domain/printable';
import { remedyInEditor } from '../language/remedy-in-editor.ts';

/** What could not be seen, why, and what to do about it. */
export function blindSpotText(spot: BlindSpot): string {
  return printable(`${spot.what}: ${spot.why} ${remedyInEditor(spot)}`);
}
