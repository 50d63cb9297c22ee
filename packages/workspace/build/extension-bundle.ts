import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions, Metafile } from 'esbuild';
import { builtInsOnDemand, englishOnly, requireBanner } from './bundle-plugins.ts';
import { noticesFile, thirdPartyNotices } from './third-party-notices.ts';

/** The extension itself: what is not needed at activation lies in chunks of its own, which are loaded at first use. */
export function hostOptions(extension: string, outdir: string): BuildOptions {
  const { version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8')) as { version: string };
  return {
    absWorkingDir: extension,
    entryPoints: { extension: 'src/vscode/extension.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: requireBanner },
    define: { AUTODEVOPS_VERSION: JSON.stringify(version) },
    plugins: [englishOnly, builtInsOnDemand],
    logLevel: 'warning',
  };
}

/** Each folder `src/webview/NAME` with a `main.ts` becomes `webview/NAME.js` and, where it imports styles, `NAME.css`. */
async function bundleWebviews(extension: string, outdir: string): Promise<readonly Metafile[]> {
  const folder = join(extension, 'src', 'webview');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'main.ts'))).map(({ name }) => name);
  if (names.length === 0) return [];
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: extension,
    entryPoints: Object.fromEntries(names.map((name) => [name, `src/webview/${name}/main.ts`])),
    outdir: join(outdir, 'webview'),
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome132',
    minify: true,
    legalComments: 'none',
    plugins: [englishOnly],
    logLevel: 'warning',
  });
  return [metafile];
}

/** One installed package, without what only building it needs. */
function copyPackage(name: string, from: string, to: string, parts: readonly string[]): void {
  const require = createRequire(join(from, 'package.json'));
  const source = dirname(realpathSync(require.resolve(`${name}/package.json`)));
  for (const part of ['package.json', 'LICENSE', ...parts]) {
    if (existsSync(join(source, part))) cpSync(join(source, part), join(to, 'node_modules', name, part), { recursive: true });
  }
}

/** pg in one file: the program finds it as a package, and its dependencies are inside. */
async function bundlePostgres(cli: string, to: string): Promise<Metafile> {
  const folder = join(to, 'node_modules', 'pg');
  const entry = createRequire(join(cli, 'package.json')).resolve('pg');
  const { metafile } = await build({ entryPoints: [entry], outfile: join(folder, 'index.cjs'), absWorkingDir: cli, metafile: true, bundle: true, format: 'cjs', platform: 'node', target: 'node22', minify: true, external: ['pg-native', 'pg-cloudflare'], legalComments: 'none', logLevel: 'warning' });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name: 'pg', main: 'index.cjs' })}\n`);
  return metafile;
}

/** The program beside it: the command line, as which the agent runs in a process of its own. */
async function copyProgram(cli: string, to: string): Promise<Metafile> {
  mkdirSync(to, { recursive: true });
  for (const part of ['bin', 'dist']) cpSync(join(cli, part), join(to, part), { recursive: true });
  const { name, version, type } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as Record<string, string>;
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ name, version, type })}\n`);
  copyPackage('better-sqlite3', cli, to, ['lib', 'prebuilds']);
  return await bundlePostgres(cli, to);
}

/** Builds `extension/dist` from the sources and from the command line's build, which has to be there. */
export async function bundleExtension(root: string): Promise<string> {
  const extension = join(root, 'extension');
  const outdir = join(extension, 'dist');
  for (const part of ['extension.js', 'chunks', 'webview', 'program']) rmSync(join(outdir, part), { recursive: true, force: true });
  const cli = join(root, 'packages', 'cli');
  const [host, webviews, postgres] = await Promise.all([build({ ...hostOptions(extension, outdir), metafile: true }), bundleWebviews(extension, outdir), copyProgram(cli, join(outdir, 'program'))]);
  // What is within the program says so itself, but for what was bundled here.
  const ofExtension = [host.metafile, ...webviews].map((metafile) => ({ metafile, folder: extension }));
  writeFileSync(join(outdir, noticesFile), thirdPartyNotices([...ofExtension, { metafile: postgres, folder: cli }]));
  return outdir;
}
