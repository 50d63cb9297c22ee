import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { workspace } from 'vscode';
import type { Folder } from '../../ports/folder.ts';

/** Whole or not at all: who reads meanwhile sees the one or the other. */
async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.new`;
  await writeFile(aside, text, { mode: 0o600 });
  await rename(aside, path);
}

export const folder: Folder = {
  trusted: () => workspace.isTrusted,
  path: () => workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath,
  read: async (path) =>
    await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    }),
  write,
};
