import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { folderSource } from './folder-source.ts';

const pick = async (root: string, path: string): Promise<unknown> =>
  await folderSource(root).pick?.(path, defaultLimits);

function folders(): { readonly inside: string; readonly outside: string } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'folder-source-')));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [inside, outside] = [join(root, 'bundle'), join(root, 'bundle-beside')];
  mkdirSync(inside);
  mkdirSync(outside);
  writeFileSync(join(inside, 'here.log'), 'here');
  writeFileSync(join(outside, 'secret.log'), 'secret');
  return { inside, outside };
}

it('gives a file of the folder by its path', async () => {
  const { inside } = folders();
  expect(await pick(inside, 'here.log')).toMatchObject({ path: 'here.log', size: 4 });
  expect(await pick(inside, 'gone.log')).toBeUndefined();
});

it('gives nothing that lies beside the folder, by dots or by a link', async () => {
  const { inside, outside } = folders();
  symlinkSync(join(outside, 'secret.log'), join(inside, 'link.log'));
  symlinkSync(outside, join(inside, 'linked'));
  for (const path of ['../bundle-beside/secret.log', 'link.log', 'linked/secret.log', '.']) {
    expect(await pick(inside, path), path).toBeUndefined();
  }
});
