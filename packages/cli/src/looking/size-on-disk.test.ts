import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sizeOnDisk } from './size-on-disk.ts';

it('counts the bytes of a file, and of all files of a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'size-on-disk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'logs', 'shop'), { recursive: true });
  writeFileSync(join(folder, 'bundle.json'), 'x'.repeat(10));
  writeFileSync(join(folder, 'logs', 'shop', 'web.log'), 'x'.repeat(300));
  expect(await sizeOnDisk(join(folder, 'bundle.json'))).toBe(10);
  expect(await sizeOnDisk(folder)).toBe(310);
});
