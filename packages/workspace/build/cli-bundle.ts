import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import { builtInsOnDemand, englishOnly, requireBanner, requiredOnDemand } from './bundle-plugins.ts';
import { mergeChunks } from './merged-chunks.ts';
import type { MergeOrder } from './merged-chunks.ts';
import { pictureEntries } from './picture-entries.ts';
import { noticesFile, thirdPartyNotices } from './third-party-notices.ts';

/**
 * `parts`: what a command does not need lies in files that it does not read. `whole`: one small file, in which what is
 * not needed is not run; it is carried from one place to another, and the compiled code is kept after the first start.
 */
export type BundleForm = 'parts' | 'whole';

/** What is loaded for whoever asks how a cluster is, and the rules while it answers. What `version` needs stays by itself. */
const answering: MergeOrder = {
  first: 'packages/cli/src/entry.ts',
  files: [
    {
      name: 'asking.js',
      together: [
        'packages/cli/src/run-command.ts',
        'packages/cli/src/commands/diagnose.ts',
        'packages/kube/src/reader/cluster-reader.ts',
      ],
    },
    { name: 'rules.js', together: ['agent-core/src/jamie/diagnose.ts'] },
  ],
};

/** Native, or with native parts: installed beside the bundle, loaded by what keeps a journal and by nothing else. */
const external = ['better-sqlite3', 'pg', 'pg-native'];

const forms: Readonly<Record<BundleForm, Pick<BuildOptions, 'splitting' | 'minify' | 'keepNames' | 'plugins'>>> = {
  parts: { splitting: true, minify: false, plugins: [englishOnly, builtInsOnDemand] },
  // In one file every import would be run at its start, also of what only one command needs.
  whole: {
    splitting: false,
    minify: true,
    keepNames: true,
    plugins: [englishOnly, requiredOnDemand(/^(node:.+|better-sqlite3|pg)$/)],
  },
};

/** The command line as plain JavaScript for Node 20 and newer. What only reads needs no installed package. */
export async function bundleCli(root: string, outdir: string, form: BundleForm): Promise<void> {
  const cli = join(root, 'packages', 'cli');
  const { version } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as { version: string };
  const { metafile } = await build({
    ...forms[form],
    absWorkingDir: root,
    metafile: true,
    // In one file there is no room for a thread: graphs are told in Mermaid then.
    entryPoints: { entry: join(cli, 'src', 'entry.ts'), ...(form === 'parts' ? pictureEntries(root) : {}) },
    loader: { '.ttf': 'copy', '.wasm': 'copy' },
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external,
    target: 'node20',
    legalComments: 'none',
    chunkNames: '[name]-[hash]',
    banner: { js: requireBanner },
    define: { AUTODEVOPS_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  });
  if (form === 'parts') await mergeChunks(outdir, metafile, answering);
  cpSync(join(cli, 'src', 'sample', 'cluster'), join(outdir, 'cluster'), { recursive: true });
  writeFileSync(join(outdir, noticesFile), thirdPartyNotices([{ metafile, folder: root }]));
}
