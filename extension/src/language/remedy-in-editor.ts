import { partsOf } from '@autodevops/domain/remedy/remedy';
import type { Remedy } from '@autodevops/domain/remedy/remedy';
import { nameInEditor } from './steps-in-editor.ts';

/** What to do, as a person at the editor does it. */
export function remedyInEditor(given: Remedy): string {
  return partsOf(given)
    .map((part) => (typeof part === 'string' ? part : nameInEditor(part)))
    .join('');
}
