import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const kept = ['diagnosis', 'proposal', 'repaired'];

/** Plays a repair on the Kind cluster of the test bed in a real editor, and keeps what was seen. */
export function keepEditorPictures(): void {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'editor', 'test/editor/documented-repair.test.ts'],
    { cwd: root, stdio: 'inherit', timeout: 1_800_000 },
  );
  if (status !== 0) throw new Error('The repair in the editor did not pass, so there is nothing to show.');
  for (const name of kept) {
    copyFileSync(
      join(root, 'test', 'editor', 'seen', `documented-${name}.png`),
      join(root, 'docs', 'pictures', `vscode-${name}.png`),
    );
  }
}
