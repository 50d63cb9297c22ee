import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';

const store = createRequire(join(import.meta.dirname, '..', '..', 'packages', 'store', 'package.json'));

/** What has native parts stays where it is installed. */
const installed: Plugin = {
  name: 'installed',
  setup: (context) => {
    context.onResolve({ filter: /^better-sqlite3$/ }, ({ path }) => ({ path: store.resolve(path), external: true }));
  },
};

const banner = "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);";

export interface AgentBundle {
  /** The program; what it loads lies beside it. */
  readonly program: string;
  /** Where Node keeps its compiled code, so that only the first of many processes compiles. */
  readonly compiled: string;
  readonly remove: () => void;
}

/** Bundles the program of a process: a test that starts two hundred of them cannot import a thousand files each time. */
export async function bundleProgram(entry: string): Promise<AgentBundle> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bundle-'));
  const program = join(folder, `${basename(entry, '.ts')}.mjs`);
  await build({
    entryPoints: [entry],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    external: ['pg-native'],
    format: 'esm',
    platform: 'node',
    target: 'node24',
    legalComments: 'none',
    banner: { js: banner },
    plugins: [installed],
    logLevel: 'warning',
  });
  return {
    program,
    compiled: join(folder, 'compiled'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function bundleAgent(): Promise<AgentBundle> {
  return await bundleProgram(join(import.meta.dirname, 'agent-process.ts'));
}
