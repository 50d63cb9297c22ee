import { CodeAction, CodeActionKind, Range, WorkspaceEdit } from 'vscode';
import type { CodeActionProvider, TextDocument } from 'vscode';
import type { CommandId } from '../../contributions/commands.ts';
import type { Subject } from '../../tree/subject.ts';
import type { ManifestFix, ManifestProblem } from '../../manifests/problem.ts';
import { t } from '../../language/translate.ts';
import { isEditable } from './manifest-documents.ts';
import type { ManifestDiagnostics } from './manifest-diagnostics.ts';

function fixAction(document: TextDocument, { title, edits }: ManifestFix, preferred: boolean): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  const edit = new WorkspaceEdit();
  for (const { start, end, text } of edits) {
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  }
  action.edit = edit;
  action.isPreferred = preferred;
  return action;
}

/** What a code of the catalogue means. Rules of manifests say it in their message. */
function explainAction({ code, about }: ManifestProblem): readonly CodeAction[] {
  if (about === undefined) return [];
  const action = new CodeAction(t('Explain {0}', code), CodeActionKind.QuickFix);
  const subject: Subject = { type: 'cause', code, object: about };
  action.command = {
    command: 'autodevops.explainFinding' satisfies CommandId,
    title: action.title,
    arguments: [subject],
  };
  return [action];
}

export const quickFixKinds = [CodeActionKind.QuickFix];

/** What would put a problem right, by editing the file; and what a finding means. */
export function quickFixes({ shown }: Pick<ManifestDiagnostics, 'shown'>): CodeActionProvider {
  return {
    provideCodeActions: (document, range) => {
      const held = shown.get(document.uri.toString());
      // Offsets of another version would edit something else.
      if (held === undefined || held.version !== document.version) return [];
      const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      return held.problems
        .filter(({ start, end }) => start <= to && from <= end)
        .flatMap((problem) => [
          ...(isEditable(document) ? problem.fixes.map((fix, index) => fixAction(document, fix, index === 0)) : []),
          ...explainAction(problem),
        ]);
    },
  };
}
