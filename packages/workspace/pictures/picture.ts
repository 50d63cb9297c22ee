// Draws docs/pictures/diagnosis.svg from a real run over the sample cluster: `npm run picture`; with `repair`, the
// picture of a repair on a real cluster; with `editor`, those of one in Visual Studio Code; with `slack`, those of an
// incident's thread.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

if (process.argv[2] === 'repair') await (await import('./repair-picture.ts')).drawRepair();
else if (process.argv[2] === 'editor') (await import('./editor-pictures.ts')).keepEditorPictures();
else if (process.argv[2] === 'slack') await (await import('./slack-pictures.ts')).drawSlack();
else drawDiagnosis();
