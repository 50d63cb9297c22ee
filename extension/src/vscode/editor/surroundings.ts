import { commands, env, RelativePattern, window, workspace } from 'vscode';
import type { Selection, TextDocument, Uri } from 'vscode';
import type { LookedAt, Surroundings } from '../../sidebar/asking/surroundings.ts';

/** Of a folder with thousands of manifests so many are offered. */
const most = 20;
const longestLetters = 100;
const mostFiles = 1000;
/** Of one file, in bytes. */
const largest = 512 * 1024;

function lookedAt(document: TextDocument, selection?: Selection): LookedAt {
  const path = document.uri.scheme === 'file' ? document.uri.fsPath : undefined;
  return {
    name: workspace.asRelativePath(document.uri),
    text: document.getText(selection),
    path,
    line: (selection?.start.line ?? 0) + 1,
  };
}

/** The editor gives a terminal's selection to the clipboard alone; what was there before is put back. */
async function terminalSelection(): Promise<LookedAt | undefined> {
  if (window.activeTerminal === undefined) return undefined;
  const { name } = window.activeTerminal;
  const before = await env.clipboard.readText();
  await env.clipboard.writeText('');
  try {
    await commands.executeCommand('workbench.action.terminal.copySelection');
    const text = await env.clipboard.readText();
    return text === '' ? undefined : { name, text, path: undefined, line: 1 };
  } finally {
    await env.clipboard.writeText(before);
  }
}

/** Letters of a file's name as a glob: what has a meaning there stands for any letter. */
function glob(letters: string): string {
  return letters.slice(0, longestLetters).replaceAll(/[^\w./-]/g, '?');
}

async function manifests(letters: string): Promise<readonly string[]> {
  const [root] = workspace.workspaceFolders ?? [];
  if (root === undefined || !workspace.isTrusted) return [];
  const found = await workspace.findFiles(
    new RelativePattern(root, `**/*${glob(letters.split('/').at(-1) ?? '')}*`),
    '**/{node_modules,.git}/**',
    most * 5,
  );
  const paths = found
    .map((uri) => workspace.asRelativePath(uri, false))
    .filter((path) => /\.ya?ml$/.test(path) && path.toLowerCase().includes(letters));
  return paths.toSorted().slice(0, most);
}

/** In each file of the folder that is small enough to be written by hand. */
async function filesWith(letters: string): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const [root] = workspace.workspaceFolders ?? [];
  if (root === undefined || !workspace.isTrusted) return [];
  const found = await workspace.findFiles(
    new RelativePattern(root, '**/*.{yaml,yml}'),
    '**/{node_modules,.git}/**',
    mostFiles,
  );
  const read = await Promise.all(
    found.map(async (uri) => ({ path: workspace.asRelativePath(uri, false), bytes: await smallFile(uri) })),
  );
  return read
    .map(({ path, bytes }) => ({ path, text: new TextDecoder().decode(bytes) }))
    .filter(({ text }) => text.includes(letters))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function smallFile(uri: Uri): Promise<Uint8Array> {
  const { size } = await workspace.fs.stat(uri);
  return size > largest ? new Uint8Array() : await workspace.fs.readFile(uri);
}

/** What a question of the chat may be about in this window. */
export const surroundings: Surroundings = {
  file: () => (window.activeTextEditor === undefined ? undefined : lookedAt(window.activeTextEditor.document)),
  selection: () => {
    const editor = window.activeTextEditor;
    return editor === undefined || editor.selection.isEmpty ? undefined : lookedAt(editor.document, editor.selection);
  },
  terminal: terminalSelection,
  manifests,
  filesWith,
};
