import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { window } from 'vscode';
import type { Terminals } from '../../ports/terminals.ts';

async function isProgram(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Looks where a shell would: in the folders of PATH, with the endings that Windows gives programs. */
async function find(name: string): Promise<string | undefined> {
  const endings = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE').split(';') : [''];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter((one) => one !== '')) {
    for (const ending of endings) {
      if (await isProgram(join(folder, `${name}${ending}`))) return join(folder, `${name}${ending}`);
    }
  }
  return undefined;
}

/** Terminals of the editor, each with one program in it and no shell around that. */
export const terminals: Terminals = {
  open: ({ name, program, args }) =>
    window.createTerminal({ name, shellPath: program, shellArgs: [...args], isTransient: true }).show(),
  find,
};
