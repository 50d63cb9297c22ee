// Draws the pictures of the documents from real runs: `npm run picture -- --help`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../developer-command.ts';
import { ansiPicture } from './ansi-picture.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const shown = ['diagnose', '--sample'];

function drawDiagnosis(): void {
  const run = spawnSync(process.execPath, [join(root, 'packages/cli/bin/autodevops.mjs'), ...shown], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1', COLUMNS: '100' },
    timeout: 60_000,
  });
  if (run.status !== 1) {
    throw new Error(`the sample has problems, so exit code 1 was expected, not ${run.status}: ${run.stderr}`);
  }
  mkdirSync(join(root, 'docs/pictures'), { recursive: true });
  writeFileSync(
    join(root, 'docs/pictures/diagnosis.svg'),
    ansiPicture(run.stdout, `npx autodevops ${shown.join(' ')}`),
  );
}

/** Each loads what it draws with only when it is the one that is wanted. */
const pictures: Readonly<Record<string, () => Promise<void> | void>> = {
  diagnosis: drawDiagnosis,
  repair: async () => await (await import('./repair-picture.ts')).drawRepair(),
  editor: async () => (await import('./editor-pictures.ts')).keepEditorPictures(),
  slack: async () => await (await import('./slack-pictures.ts')).drawSlack(),
};

const { positionals } = wordsOf({
  name: 'npm run picture --',
  help: `Draws the pictures of the documents from real runs, into docs/pictures.

Usage: npm run picture -- [PICTURE]

  diagnosis   the sample cluster, diagnosed (default)
  repair      a repair on a real cluster
  editor      keeps those that the suite "editor" took in Visual Studio Code
  slack       an incident's thread
  --help

Exit codes: 0 drawn, 1 failed, 64 wrong usage.
`,
  options: {},
  words: { most: 1, among: Object.keys(pictures) },
});
await pictures[positionals[0] ?? 'diagnosis']?.();
