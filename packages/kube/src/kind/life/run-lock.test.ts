import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withRunLock } from './run-lock.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'autodevops-lock-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lets nobody else work on the same cluster, and lets the next one afterwards', async () => {
  const file = join(folder, 'dev.lock');
  const said = await withRunLock(file, async () => {
    await expect(withRunLock(file, async () => 'second')).rejects.toMatchObject({ code: 'local.busy' });
    return 'first';
  });
  expect(said).toBe('first');
  expect(existsSync(file)).toBe(false);
  await expect(withRunLock(file, async () => 'third')).resolves.toBe('third');
});

it('goes on after a run that was killed', async () => {
  const file = join(folder, 'killed.lock');
  // No process has this id: it is above every limit of Linux, macOS and Windows.
  writeFileSync(file, JSON.stringify({ pid: 2 ** 31 - 1, started: '' }));
  await expect(withRunLock(file, async () => 'after')).resolves.toBe('after');
});

it('says in a sentence where nothing can be written', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(withRunLock(join(folder, 'file', 'dev.lock'), async () => 'never')).rejects.toMatchObject({
    code: 'local.failed',
    message: expect.stringContaining('dev.lock cannot be written'),
  });
});
