import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
/** What was seen in the editor, and what it is called in the documentation. */
const kept = { 'sample-diagnosis': 'vscode-diagnosis.png', 'sample-card': 'vscode-proposal.png', 'sample-repaired': 'vscode-repaired.png' };

/** Plays the repair of the sample cluster in a real editor, and keeps what was seen. */
export function keepEditorPictures(): void {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'editor', 'test/editor/sample-repair.test.ts'], { cwd: root, stdio: 'inherit', timeout: 1_800_000 });
  if (status !== 0) throw new Error('The repair in the editor did not pass, so there is nothing to show.');
  for (const [seen, name] of Object.entries(kept)) copyFileSync(join(root, 'test', 'editor', 'seen', `${seen}.png`), join(root, 'docs', 'pictures', name));
}
