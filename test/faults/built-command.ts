// Before the first test: the command line as users get it, in a folder of its own, so that a build meanwhile does not
// take it away and nothing of the workspace is found by chance.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isBuilt } from '../../packages/workspace/build/build-fingerprint.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of `autodevops.mjs`. */
    readonly command: string;
  }
}

const root = join(import.meta.dirname, '..', '..');

/** The command line as users get it, built where it is not, in a folder of its own. */
export function builtCommand(): { readonly path: string; readonly remove: () => void } {
  if (!isBuilt(root)) {
    execFileSync(process.execPath, [join(root, 'packages', 'workspace', 'build', 'build.ts')], {
      cwd: root,
      stdio: 'inherit',
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-command-'));
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(join(root, 'packages', 'cli', part), join(folder, part), { recursive: true });
  }
  return {
    path: join(folder, 'bin', 'autodevops.mjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Gives the path of the command line to the tests. Returns what takes it away again. */
export function setup(project: TestProject): () => void {
  const { path, remove } = builtCommand();
  project.provide('command', path);
  return remove;
}
