import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { GitChange } from '@autodevops/domain/ports/git-changes';

const identity = [
  '-c',
  'user.name=t',
  '-c',
  'user.email=t@example.com',
  '-c',
  'init.defaultBranch=main',
  '-c',
  'commit.gpgsign=false',
];

export function run(folder: string, ...args: string[]): string {
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
}

/** A bare repository with one commit on main; it goes with the test. */
export function remote(): string {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-remote-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const work = join(folder, 'work');
  run(folder, 'init', '--quiet', work);
  writeFileSync(join(work, 'web.yaml'), 'replicas: 1\n');
  writeFileSync(join(work, 'run.sh'), 'true\n', { mode: 0o755 });
  symlinkSync('/etc/passwd', join(work, 'link'));
  run(work, 'add', '.');
  run(work, 'commit', '--quiet', '-m', 'first');
  run(folder, 'clone', '--quiet', '--bare', work, 'bare.git');
  return join(folder, 'bare.git');
}

export const change: GitChange = {
  verb: 'open-git-change',
  repository: 'apps',
  base: 'main',
  branch: 'autodevops/chg-1',
  title: 'Run two replicas',
  body: 'Because of …',
  files: [
    { path: 'web.yaml', content: 'replicas: 2\n' },
    { path: 'run.sh', content: 'false\n' },
    { path: 'new/one.yaml', content: 'a: 1\n' },
  ],
};
