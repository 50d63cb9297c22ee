import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunksToMerge, mergeChunks } from '../../packages/workspace/build/merged-chunks.ts';
import type { Outputs } from '../../packages/workspace/build/merged-chunks.ts';

interface Part {
  readonly imports?: readonly string[];
  readonly exports?: readonly string[];
  readonly bytes?: number;
  readonly entryPoint?: string;
}

function outputsOf(parts: Readonly<Record<string, Part>>): Outputs {
  return Object.fromEntries(
    Object.entries(parts).map(([file, { imports = [], exports = [], bytes = 100, entryPoint }]) => [
      file,
      {
        bytes,
        inputs: {},
        exports: [...exports],
        imports: imports.map((path) => ({ path, kind: 'import-statement' as const })),
        ...(entryPoint === undefined ? {} : { entryPoint }),
      },
    ]),
  );
}

const first: Part = { entryPoint: 'first.ts', imports: ['early'] };
const merging = (parts: Readonly<Record<string, Part>>): readonly string[] =>
  chunksToMerge(outputsOf({ first, early: {}, ...parts }), 'first.ts', ['answer.ts']);
const answer = (...imports: readonly string[]): Part => ({ entryPoint: 'answer.ts', imports });

describe('chunks that become one file', () => {
  it('are those that are loaded together, and theirs', () => {
    expect(merging({ answer: answer('a'), a: { imports: ['b'] }, b: {}, other: {} })).toEqual(['b', 'a']);
  });

  it('are not what is loaded before them, nor files that are asked for by their names', () => {
    expect(merging({ answer: answer('early', 'a'), a: { imports: ['early'] } })).toEqual(['a']);
  });

  it('are not large ones, nor those that import a large one', () => {
    expect(merging({ answer: answer('a', 'b'), a: { imports: ['large'] }, large: { bytes: 1e6 }, b: {} })).toEqual([
      'b',
    ]);
  });

  it('have no name for two things', () => {
    expect(merging({ answer: answer('a', 'b'), a: { exports: ['read'] }, b: { exports: ['read', 'x'] } })).toEqual([
      'a',
    ]);
  });

  it('are not guessed where a source has no file', () => {
    expect(() => merging({ a: {} })).toThrow('answer.ts');
  });
});

describe('a bundle whose chunks are merged', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'merged-chunks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('does what it did', async () => {
    const sources = {
      'first.ts': "export const answer = async () => (await import('./answer.ts')).answer;",
      'answer.ts':
        "import { twice } from './twice.ts'; import { one } from './one.ts'; export const answer = twice(one);",
      'other.ts': "import { twice } from './twice.ts'; export const other = twice(4);",
      'third.ts': "import { one } from './one.ts'; export const third = one;",
      'twice.ts': "import { sep } from 'node:path'; export const twice = (n) => (sep === '' ? 0 : 2 * n);",
      'one.ts': 'export const one = 1;',
    };
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
    const outdir = join(folder, 'out');
    const { metafile } = await build({
      absWorkingDir: folder,
      entryPoints: ['first.ts', 'other.ts', 'third.ts'],
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      metafile: true,
    });
    await mergeChunks(outdir, metafile, { first: 'first.ts', together: ['answer.ts'] });
    const files = readdirSync(outdir);
    expect(files.filter((file) => file.startsWith('chunk-'))).toEqual([]);
    expect(readFileSync(join(outdir, 'other.js'), 'utf8')).toContain('"./shared.js"');
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const load = async (file: string): Promise<Record<string, unknown>> =>
      (await import(pathToFileURL(join(outdir, file)).href)) as Record<string, unknown>;
    const { answer: ask } = (await load('first.js')) as { answer: () => Promise<number> };
    expect([await ask(), (await load('other.js'))['other'], (await load('third.js'))['third']]).toEqual([2, 8, 1]);
  });
});
