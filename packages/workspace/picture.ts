// Draws docs/pictures/diagnosis.svg from a real run over the sample cluster: `npm run picture`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ansiPicture } from './ansi-picture.ts';

const root = join(import.meta.dirname, '..', '..');
const shown = ['diagnose', '--sample'];
const run = spawnSync(process.execPath, [join(root, 'packages/cli/bin/autodevops.mjs'), ...shown], {
  encoding: 'utf8',
  env: { ...process.env, FORCE_COLOR: '1', COLUMNS: '100' },
  timeout: 60_000,
});
if (run.status !== 1) throw new Error(`the sample has problems, so exit code 1 was expected, not ${run.status}: ${run.stderr}`);
mkdirSync(join(root, 'docs/pictures'), { recursive: true });
writeFileSync(join(root, 'docs/pictures/diagnosis.svg'), ansiPicture(run.stdout, `npx autodevops ${shown.join(' ')}`));
