import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { BotConfiguration } from '../configuration/bot-configuration.ts';
import { Trouble } from './trouble.ts';

const header = 'SQLite format 3\0';

/** The nearest folder above it that is there. */
async function folderThere(path: string): Promise<string> {
  const folder = dirname(path);
  return await access(folder).then(
    () => folder,
    async () => (folder === dirname(folder) ? folder : await folderThere(folder)),
  );
}

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(header.length), 0, header.length, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Without opening it as a database: that would make it, or bring it up to date. */
async function lookAtFile(file: string): Promise<string> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  const folder = await folderThere(file);
  await access(isThere ? file : folder, constants.R_OK | constants.W_OK).catch(() => {
    throw new Trouble(
      `${isThere ? file : folder} cannot be written.`,
      'Correct its rights, or name another file in `store`.',
    );
  });
  if (!isThere) return `${file} will be made when the bot starts.`;
  const beginning = await beginningOf(file);
  if (beginning !== '' && beginning !== header) {
    throw new Trouble(`${file} is no SQLite database.`, 'Name another file in `store`, or move this one away.');
  }
  return `${file} is there and can be written.`;
}

/** Whether the bot can keep what it has to. `openDatabase`: throws `store.*`. */
export async function lookAtStore(
  { store }: BotConfiguration,
  folder: string,
  openDatabase: () => Promise<Pick<BotStore, 'installations' | 'close'>>,
): Promise<string> {
  if (store.kind === 'sqlite') return await lookAtFile(resolve(folder, store.file));
  const database = await openDatabase();
  try {
    const { length } = await database.installations.list();
    return `The database answers; ${length === 0 ? 'no installation is' : `${length} installation${length === 1 ? ' is' : 's are'}`} in it.`;
  } finally {
    await database.close();
  }
}
