// Builds packages/cli/dist: the command line. `npm run build`.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFingerprint } from './build-fingerprint.mjs';
import { bundleCli } from './cli-bundle.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const cli = join(root, 'packages', 'cli');

function replace(old: string, fresh: string): void {
  rmSync(old, { recursive: true, force: true });
  renameSync(fresh, old);
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

await buildCli();
