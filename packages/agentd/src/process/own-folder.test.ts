import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folderFailure, makeOwnFolder } from './own-folder.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'autodevops-own-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('makes a folder that only its owner can open, and leaves one that is there', async () => {
  const path = join(home, 'state', 'agents');
  await makeOwnFolder(path);
  await makeOwnFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
});

it('says in a sentence which folder cannot be made', async () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  await expect(makeOwnFolder(join(file, 'agents'))).rejects.toMatchObject({
    code: 'store.unavailable',
    message: expect.stringContaining(`The folder ${join(file, 'agents')} cannot be made`),
  });
});

it.each([
  ['EACCES', 'store.read-only', 'this user may not write there'],
  ['EROFS', 'store.read-only', 'that disk can only be read'],
  ['ENOSPC', 'store.full', 'no space is left'],
])('tells %s by its code and in words', (code, told, why) => {
  const failure = folderFailure(Object.assign(new Error('mkdir'), { code }), '/home/agent');
  expect(failure).toMatchObject({ code: told, message: `The folder /home/agent cannot be made: ${why}.` });
});
