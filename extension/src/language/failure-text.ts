import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { saidInEditor } from './said-in-editor.ts';

/** What failed and what to do about it, as a person at the editor is told. */
export function failureText({ message, remedy }: Pick<AutoDevOpsError, 'message' | 'remedy'>): string {
  return printable(saidInEditor(`${message} ${remedy}`.trim()));
}
