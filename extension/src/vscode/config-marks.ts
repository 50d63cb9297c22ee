import { Diagnostic, DiagnosticSeverity, languages, Range, Uri } from 'vscode';
import type { Disposable } from 'vscode';
import type { ConfigMistake } from '../clusters/config-mistakes.ts';
import type { WindowParts } from '../window-parts.ts';

/** The editor draws it from the first letter of the line to the last. */
function markOf({ line, says }: ConfigMistake): Diagnostic {
  const mark = new Diagnostic(new Range(line - 1, 0, line - 1, Number.MAX_VALUE), says, DiagnosticSeverity.Error);
  mark.source = 'Auto-DevOps';
  return mark;
}

/** Marks the lines of the folder's configuration that cannot be read, open or not. */
export function registerConfigMarks({
  folderConfigs: { state },
}: Pick<WindowParts, 'folderConfigs'>): readonly Disposable[] {
  const drawn = languages.createDiagnosticCollection('autodevops.config');
  let last: Uri | undefined;
  const draw = (): void => {
    if (last !== undefined) drawn.delete(last);
    const { path, mistakes } = state.value ?? { mistakes: [] };
    last = path === undefined ? undefined : Uri.file(path);
    if (last !== undefined && mistakes.length > 0) drawn.set(last, mistakes.map(markOf));
  };
  const end = state.subscribe(draw);
  return [drawn, { dispose: end }];
}
