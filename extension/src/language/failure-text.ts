import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import type { Remedy } from '@autodevops/domain/remedy/remedy';
import { remedyInEditor } from './remedy-in-editor.ts';

/** What failed and what to do about it. */
export type Failure = Pick<AutoDevOpsError, 'message'> & Remedy;

/** As a person at the editor is told. */
export function failureText(failure: Failure): string {
  return printable(`${failure.message} ${remedyInEditor(failure)}`.trim());
}
