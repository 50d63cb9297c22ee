import type { Answer } from '@autodevops/domain/answer';
import { remedyInEditor } from './remedy-in-editor.ts';

/** The lines of an answer; those that name what a person can do, as it is done in the editor. */
export function linesInEditor({ lines, remedies = [] }: Pick<Answer, 'lines' | 'remedies'>): readonly string[] {
  const told = new Map(remedies.map((one) => [one.remedy, remedyInEditor(one)]));
  return lines.map((line) => told.get(line) ?? line);
}
