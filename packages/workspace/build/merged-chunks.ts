import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Metafile, Plugin } from 'esbuild';

/** Of each file that a bundle was split into, by its name: what it is made of as esbuild tells it. */
export type Outputs = Metafile['outputs'];

/** One file of chunks, and the source files that load them. */
export interface MergedFile {
  readonly name: string;
  readonly together: readonly string[];
}

/** `first`: the source file whose chunks stay by themselves. Then each file is loaded after those before it. */
export interface MergeOrder {
  readonly first: string;
  readonly files: readonly MergedFile[];
}

/** What is larger is not put beside others: a command that needs little would read it too. */
const largest = 80_000;

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

/** What most of the others stand on comes first. */
function mostNeededFirst(outputs: Outputs, files: readonly string[]): readonly string[] {
  const needs = files.map((file) => closureOf(outputs, [file]));
  const needed = new Map(files.map((file) => [file, needs.filter((all) => all.has(file)).length]));
  return files.toSorted((a, b) => (needed.get(b) ?? 0) - (needed.get(a) ?? 0));
}

/**
 * The chunks that can be one file: those that `together` load and that are not `early`, small ones, whose own imports are
 * among them, so that no two files import each other. One that calls something by a name that another has taken is left
 * out, with those that stand on it.
 */
function mergeable(outputs: Outputs, early: ReadonlySet<string>, together: readonly string[]): readonly string[] {
  const small = [...closureOf(outputs, outputsOf(outputs, together))].filter((file) => {
    const { entryPoint, bytes = 0 } = outputs[file] ?? {};
    return entryPoint === undefined && bytes <= largest && !early.has(file);
  });
  const candidates = mostNeededFirst(outputs, small);
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

/** The chunks of each file, by its name. */
export function chunksToMerge(outputs: Outputs, { first, files }: MergeOrder): ReadonlyMap<string, readonly string[]> {
  let early = closureOf(outputs, outputsOf(outputs, [first]));
  const chosen = new Map<string, readonly string[]>();
  for (const { name, together } of files) {
    chosen.set(name, mergeable(outputs, early, together));
    early = new Set([...early, ...closureOf(outputs, outputsOf(outputs, together))]);
  }
  return chosen;
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

async function merge(outdir: string, name: string, chunks: ReadonlySet<string>): Promise<void> {
  await build({
    stdin: {
      contents: [...chunks].map((file) => `export * from './${file}';`).join('\n'),
      resolveDir: outdir,
    },
    outfile: join(outdir, name),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [only(chunks)],
    logLevel: 'warning',
  });
}

/** Has a file import from where the chunks now are. */
function redirect(path: string, places: ReadonlyMap<string, string>): void {
  const before = readFileSync(path, 'utf8');
  const after = before.replaceAll(/"\.\/(chunk-[A-Z0-9]{8}\.js)"/g, (written, file: string) => {
    const place = places.get(file);
    return place === undefined ? written : `"./${place}"`;
  });
  if (after !== before) writeFileSync(path, after);
}

/**
 * Makes one file of the chunks that nearly every command loads at the same moment: Node takes a quarter of a millisecond
 * to find and open each, and esbuild makes one for every set of commands that share a module.
 */
export async function mergeChunks(outdir: string, { outputs }: Metafile, order: MergeOrder): Promise<void> {
  const places = new Map<string, string>();
  for (const [name, chunks] of chunksToMerge(outputs, order)) {
    const files = new Set(chunks.map((file) => basename(file)));
    await merge(outdir, name, files);
    for (const file of files) places.set(file, name);
  }
  for (const file of places.keys()) rmSync(join(outdir, file));
  const left = Object.keys(outputs).map((output) => basename(output));
  for (const file of [...left, ...order.files.map(({ name }) => name)]) {
    if (file.endsWith('.js') && !places.has(file)) redirect(join(outdir, file), places);
  }
}
