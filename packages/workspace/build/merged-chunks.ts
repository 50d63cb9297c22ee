import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Metafile, Plugin } from 'esbuild';

/** Of each file that a bundle was split into, by its name: what it is made of as esbuild tells it. */
export type Outputs = Metafile['outputs'];

/** What is larger is not put beside others: a command that needs little would read it too. */
const largest = 80_000;
const mergedName = 'shared.js';

function importsOf(outputs: Outputs, file: string): readonly string[] {
  return (outputs[file]?.imports ?? []).flatMap(({ path, kind, external }) =>
    kind === 'import-statement' && external !== true ? [path] : [],
  );
}

/** The files, and all that is loaded with them. */
function closureOf(outputs: Outputs, files: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    importsOf(outputs, file).forEach(visit);
  };
  files.forEach(visit);
  return seen;
}

function outputsOf(outputs: Outputs, sources: readonly string[]): readonly string[] {
  return sources.map((source) => {
    const [file] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source) ?? [];
    if (file === undefined) throw new Error(`the bundle has no file for ${source}`);
    return file;
  });
}

/**
 * The chunks that can be one file: those that `together` load and `first` does not, small ones, whose own imports are
 * among them, so that no two files import each other. One that calls something by a name that another has taken is left
 * out. `first` and `together` are source files.
 */
export function chunksToMerge(outputs: Outputs, first: string, together: readonly string[]): readonly string[] {
  const early = closureOf(outputs, outputsOf(outputs, [first]));
  const candidates = [...closureOf(outputs, outputsOf(outputs, together))].filter((file) => {
    const { entryPoint, bytes = 0 } = outputs[file] ?? {};
    return entryPoint === undefined && bytes <= largest && !early.has(file);
  });
  const merged = new Set<string>();
  const names = new Set<string>();
  for (let before = -1; before !== merged.size;) {
    before = merged.size;
    for (const file of candidates) {
      const exported = outputs[file]?.exports ?? [];
      const stands = importsOf(outputs, file).every((path) => merged.has(path) || early.has(path));
      if (merged.has(file) || !stands || exported.some((name) => names.has(name))) continue;
      merged.add(file);
      for (const name of exported) names.add(name);
    }
  }
  return [...merged];
}

/** Everything but these files stays what it is: an import. */
function only(files: ReadonlySet<string>): Plugin {
  return {
    name: 'only-these',
    setup: (context) => {
      context.onResolve({ filter: /^[^/]/ }, ({ path }) =>
        files.has(basename(path)) ? undefined : { path, external: true },
      );
    },
  };
}

/**
 * Makes one file of the chunks that nearly every command loads: Node takes a quarter of a millisecond to find and open
 * each, and esbuild makes one for every set of commands that share a module.
 */
export async function mergeChunks(
  outdir: string,
  { outputs }: Metafile,
  { first, together }: { readonly first: string; readonly together: readonly string[] },
): Promise<void> {
  const merged = new Set(chunksToMerge(outputs, first, together).map((file) => basename(file)));
  await build({
    stdin: {
      contents: [...merged].map((file) => `export * from './${file}';`).join('\n'),
      resolveDir: outdir,
    },
    outfile: join(outdir, mergedName),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [only(merged)],
    logLevel: 'warning',
  });
  for (const output of Object.keys(outputs)) {
    const file = basename(output);
    if (merged.has(file)) rmSync(join(outdir, file));
    else if (file.endsWith('.js')) redirect(join(outdir, file), merged);
  }
}

/** Has a file import from where the chunks now are. */
function redirect(path: string, merged: ReadonlySet<string>): void {
  const before = readFileSync(path, 'utf8');
  const after = before.replaceAll(/"\.\/(chunk-[A-Z0-9]{8}\.js)"/g, (written, file: string) =>
    merged.has(file) ? `"./${mergedName}"` : written,
  );
  if (after !== before) writeFileSync(path, after);
}
