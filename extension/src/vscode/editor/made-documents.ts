import { commands, EventEmitter, languages, Position, Range, Selection, Uri, window, workspace } from 'vscode';
import type { Disposable, TextDocumentContentProvider } from 'vscode';
import type { Documents, MadeDocument } from '../../ports/documents.ts';
import { settingsPrefix } from '../../settings/read-settings.ts';

export const scheme = 'autodevops';
/** Texts of so many documents are kept; who opens an older one again is told to ask again. */
const keptTexts = 50;

/** Serves documents that lie in no folder. Their text is shown as text. */
class MadeDocuments implements TextDocumentContentProvider {
  readonly #changed = new EventEmitter<Uri>();
  readonly #texts = new Map<string, string>();
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  put({ path, text }: MadeDocument): Uri {
    const uri = Uri.from({ scheme, path: `/${path}` });
    this.#texts.delete(uri.path);
    this.#texts.set(uri.path, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > keptTexts && oldest !== undefined) this.#texts.delete(oldest);
    this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

async function openFile(path: string, line?: number): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(path));
  const at = new Position(Math.max(0, (line ?? 1) - 1), 0);
  await window.showTextDocument(document, { selection: new Selection(at, at) });
}

/** Documents of the editor, and what has to be disposed of. */
export function editorDocuments(): { readonly documents: Documents; readonly disposable: Disposable } {
  const made = new MadeDocuments();
  const registration = workspace.registerTextDocumentContentProvider(scheme, made);
  const open = async (document: MadeDocument): Promise<Uri> => {
    const uri = made.put(document);
    await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), document.language);
    return uri;
  };
  const documents: Documents = {
    show: async (document) => {
      const editor = await window.showTextDocument(await open(document), { preview: true });
      editor.revealRange(new Range(0, 0, 0, 0));
    },
    compare: async (before, after, title) => {
      const [left, right] = [await open(before), await open(after)];
      await commands.executeCommand('vscode.diff', left, right, title, { preview: true });
    },
    openFile,
    openSetting: async (name) => {
      await commands.executeCommand('workbench.action.openSettings', `@id:${settingsPrefix}.${name}`);
    },
    active: () => {
      const document = window.activeTextEditor?.document;
      return document === undefined ? undefined : { path: document.uri.fsPath, text: document.getText() };
    },
  };
  return {
    documents,
    disposable: {
      dispose: () => {
        registration.dispose();
        made.dispose();
      },
    },
  };
}
