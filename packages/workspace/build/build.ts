// Builds packages/cli/dist: plain JavaScript for Node 20 and newer. What only reads needs no installed package. `npm run build`.
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sourceFingerprint } from './build-fingerprint.mjs';
import { builtInsOnDemand, englishOnly, requireBanner } from './bundle-plugins.ts';
import { noticesFile, thirdPartyNotices } from './third-party-notices.ts';

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
    await buildInto(outdir);
    replace(join(cli, 'dist'), outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function buildInto(outdir: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as { version: string };
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: [join(cli, 'src', 'entry.ts')],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // Native, or with native parts: installed beside the bundle, loaded by what keeps a journal and by nothing else.
    external: ['better-sqlite3', 'pg', 'pg-native'],
    target: 'node20',
    minify: false,
    legalComments: 'none',
    chunkNames: '[name]-[hash]',
    banner: { js: requireBanner },
    define: { AUTODEVOPS_VERSION: JSON.stringify(version) },
    plugins: [englishOnly, builtInsOnDemand],
    logLevel: 'warning',
  });
  cpSync(join(cli, 'src', 'sample', 'cluster'), join(outdir, 'cluster'), { recursive: true });
  writeFileSync(join(outdir, noticesFile), thirdPartyNotices([{ metafile, folder: root }]));
  writeFileSync(join(outdir, '.fingerprint'), sourceFingerprint(root));
}

await buildCli();
