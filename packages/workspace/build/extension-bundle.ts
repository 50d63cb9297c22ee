import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions, Metafile } from 'esbuild';
import { builtInsOnDemand, englishOnly, requireBanner } from './bundle-plugins.ts';
import { bundleCli } from './cli-bundle.ts';
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
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'main.ts')))
    .map(({ name }) => name);
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

interface BundledPackage {
  /** Of the package's folder, what is carried beside the bundle. */
  readonly beside?: readonly string[];
  /** Where the bundle lies within the package. */
  readonly main: string;
  readonly external?: readonly string[];
}

/** Packages that the program finds as packages, each with all of its own code in one file. */
const packages: Readonly<Record<string, BundledPackage>> = {
  // Its bundle looks for the native parts where its own files would: in the folder above.
  'better-sqlite3': { main: 'lib/index.cjs', beside: ['LICENSE', 'prebuilds'] },
  pg: { main: 'index.cjs', external: ['pg-native', 'pg-cloudflare'] },
};

async function bundlePackage(name: string, cli: string, to: string): Promise<Metafile> {
  const { main, beside = [], external = [] } = packages[name] ?? { main: 'index.cjs' };
  const folder = join(to, 'node_modules', name);
  const require = createRequire(join(cli, 'package.json'));
  const { metafile } = await build({
    entryPoints: [require.resolve(name)],
    outfile: join(folder, main),
    absWorkingDir: cli,
    metafile: true,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    minify: true,
    external: [...external],
    legalComments: 'none',
    logLevel: 'warning',
  });
  const source = dirname(realpathSync(require.resolve(`${name}/package.json`)));
  for (const part of beside) cpSync(join(source, part), join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, main })}\n`);
  return metafile;
}

/** The program beside it: the command line, as which the agent runs in a process of its own. */
async function bundleProgram(root: string, cli: string, to: string): Promise<readonly Metafile[]> {
  mkdirSync(to, { recursive: true });
  cpSync(join(cli, 'bin'), join(to, 'bin'), { recursive: true });
  const { name, version, type } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as Record<string, string>;
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ name, version, type })}\n`);
  await bundleCli(root, join(to, 'dist'), 'whole');
  return await Promise.all(Object.keys(packages).map(async (one) => await bundlePackage(one, cli, to)));
}

/** Builds `extension/dist` from the sources. */
export async function bundleExtension(root: string): Promise<string> {
  const extension = join(root, 'extension');
  const outdir = join(extension, 'dist');
  for (const part of ['extension.js', 'chunks', 'webview', 'program']) {
    rmSync(join(outdir, part), { recursive: true, force: true });
  }
  const cli = join(root, 'packages', 'cli');
  const [host, webviews, bundled] = await Promise.all([
    build({ ...hostOptions(extension, outdir), metafile: true }),
    bundleWebviews(extension, outdir),
    bundleProgram(root, cli, join(outdir, 'program')),
  ]);
  // What is within the program says so itself, but for the packages beside it.
  const ofExtension = [host.metafile, ...webviews].map((metafile) => ({ metafile, folder: extension }));
  writeFileSync(
    join(outdir, noticesFile),
    thirdPartyNotices([...ofExtension, ...bundled.map((metafile) => ({ metafile, folder: cli }))]),
  );
  return outdir;
}
