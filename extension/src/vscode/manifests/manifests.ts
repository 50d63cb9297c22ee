import { languages, window, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import type { WindowParts } from '../../window-parts.ts';
import { registerCheckTask } from './check-task.ts';
import { FileJudging } from './file-judging.ts';
import { lazyDesk } from './lazy-desk.ts';
import { ManifestDiagnostics } from './manifest-diagnostics.ts';
import { isManifestDocument, manifestSelector } from './manifest-documents.ts';
import { completions, definitions, hovers, lenses } from './manifest-providers.ts';
import { quickFixes, quickFixKinds } from './quick-fixes.ts';
import { WorkspaceScan } from './workspace-scan.ts';

/** What a manifest shows in the editor. The workspace is read when the first one is looked at, not before. */
export function registerManifests(parts: WindowParts): readonly Disposable[] {
  const desk = lazyDesk(parts);
  const diagnostics = new ManifestDiagnostics(parts, desk);
  const judging = new FileJudging(parts, desk, () => diagnostics.lookAtAll());
  const scan = new WorkspaceScan(parts, desk, () => {
    diagnostics.lookAtAll();
    judging.later();
  });
  const begin = (): void => {
    if (window.visibleTextEditors.some(({ document }) => isManifestDocument(document))) scan.start();
  };
  const codeLenses = lenses(parts, desk);
  begin();
  return [
    diagnostics,
    judging,
    scan,
    codeLenses,
    ...registerCheckTask(parts, desk, () => diagnostics.lookAtAll()),
    window.onDidChangeVisibleTextEditors(begin),
    workspace.onDidGrantWorkspaceTrust(begin),
    workspace.onDidSaveTextDocument((document) => {
      if (isManifestDocument(document)) judging.later();
    }),
    languages.registerCodeActionsProvider(manifestSelector, quickFixes(diagnostics), {
      providedCodeActionKinds: quickFixKinds,
    }),
    languages.registerHoverProvider(manifestSelector, hovers(parts, desk)),
    languages.registerCodeLensProvider(manifestSelector, codeLenses),
    languages.registerCompletionItemProvider(manifestSelector, completions(parts, desk), ' ', ':'),
    languages.registerDefinitionProvider(manifestSelector, definitions(desk)),
  ];
}
