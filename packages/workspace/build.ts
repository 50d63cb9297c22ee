// Builds packages/cli/dist: plain JavaScript for Node 20 and newer. What only reads needs no installed package. `npm run build`.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { sourceFingerprint } from './build-fingerprint.mjs';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'packages', 'cli');

/** zod carries its messages in fifty languages; ours are English, and every command would load the rest. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup: (context) => {
    context.onResolve({ filter: /locales\/index\.js$/ }, (args) =>
      args.importer.includes('zod') ? { path: 'zod-locales', namespace: 'english-only' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'english-only' }, () => ({ contents: 'export {}', loader: 'js' }));
  },
};

const httpNames = ['Agent', 'ClientRequest', 'IncomingMessage', 'OutgoingMessage', 'STATUS_CODES', 'Server', 'ServerResponse', 'createServer', 'get', 'globalAgent', 'request'];

/** An ES import of node:http reads every one of its exports, and one of them loads all of fetch: 15 ms for nothing. */
const httpWithoutFetch: Plugin = {
  name: 'http-without-fetch',
  setup: (context) => {
    context.onResolve({ filter: /^node:http$/ }, (args) => (args.kind === 'import-statement' ? { path: 'node-http', namespace: 'http-without-fetch' } : undefined));
    context.onLoad({ filter: /.*/, namespace: 'http-without-fetch' }, () => ({ contents: `export const { ${httpNames.join(', ')} } = require('node:http');`, loader: 'js' }));
  },
};

/** CommonJS packages inside the bundle ask for `require` where they need Node's own modules. */
const requireBanner = "import{createRequire as autodevopsRequire}from'node:module';const require=autodevopsRequire(import.meta.url);";

async function buildCli(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as { version: string };
  const outdir = join(cli, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
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
    plugins: [englishOnly, httpWithoutFetch],
    logLevel: 'warning',
  });
  cpSync(join(cli, 'src', 'sample', 'cluster'), join(outdir, 'cluster'), { recursive: true });
  writeFileSync(join(outdir, '.fingerprint'), sourceFingerprint(root));
}

await buildCli();
