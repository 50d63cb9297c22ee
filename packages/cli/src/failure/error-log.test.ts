import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepIn, logFolder } from './error-log.ts';

function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'error-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it.skipIf(process.platform === 'win32')('is for its owner alone, and so is its folder', () => {
  const folder = join(home(), 'state', 'autodevops');
  const path = keepIn(folder, 'first') ?? '';
  keepIn(folder, 'second');
  expect(readFileSync(path, 'utf8')).toBe('first\n\nsecond\n\n');
  expect([statSync(path).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
});

it('begins anew after a megabyte', () => {
  const folder = home();
  writeFileSync(join(folder, 'errors.log'), 'x'.repeat(1024 * 1024 + 1));
  const path = keepIn(folder, 'newest') ?? '';
  expect(readFileSync(path, 'utf8')).toBe('newest\n\n');
});

it('says so where it cannot be written', () => {
  const folder = home();
  writeFileSync(join(folder, 'file'), '');
  expect(keepIn(join(folder, 'file'), 'x')).toBeUndefined();
});

it('is where each system keeps its logs', () => {
  expect(logFolder({}, 'darwin', '/Users/ann')).toBe(join('/Users/ann', 'Library', 'Logs', 'autodevops'));
  expect(logFolder({ XDG_STATE_HOME: '/state' }, 'linux', '/home/ann')).toBe(join('/state', 'autodevops'));
});
