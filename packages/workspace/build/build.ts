// Builds packages/cli/dist, the command line: `npm run build`.
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../developer-command.ts';
import { sourceFingerprint } from './build-fingerprint.mjs';
import { bundleCli } from './cli-bundle.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const cli = join(root, 'packages', 'cli');

/** By two renames: to remove hundreds of files takes long enough for a command to find none. */
function replace(old: string, fresh: string): void {
  const aside = `${fresh}.old`;
  if (existsSync(old)) renameSync(old, aside);
  renameSync(fresh, old);
  rmSync(aside, { recursive: true, force: true });
}

async function buildCli(): Promise<void> {
  // Made beside it and put in its place when it is whole: a command that starts meanwhile finds the one before.
  const outdir = join(cli, 'node_modules', `.dist-${process.pid}`);
  try {
    await bundleCli(root, outdir, 'parts');
    writeFileSync(join(outdir, '.fingerprint'), sourceFingerprint(root));
    replace(join(cli, 'dist'), outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

wordsOf({
  name: 'npm run build --',
  help: `Builds the command line into packages/cli/dist. It takes no options.

Usage: npm run build

Exit codes: 0 built, 1 failed, 64 wrong usage.
`,
  options: {},
});
await buildCli();
