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
const answering = { name: 'asking.js', together: ['answer.ts'] };
const merging = (parts: Readonly<Record<string, Part>>): readonly string[] | undefined =>
  chunksToMerge(outputsOf({ first, early: {}, ...parts }), { first: 'first.ts', files: [answering] }).get('asking.js');
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

  it('are those on which most of the others stand, where two have one name', () => {
    const parts = { a: { exports: ['read'] }, b: { exports: ['read'] }, c: { imports: ['b'] }, d: { imports: ['c'] } };
    expect(merging({ answer: answer('a', 'd'), ...parts })).toEqual(['b', 'c', 'd']);
  });

  it('are in the file that is loaded sooner, and a later one may import them', () => {
    const outputs = outputsOf({
      first,
      early: {},
      answer: answer('a'),
      later: { entryPoint: 'later.ts', imports: ['a', 'b'] },
      a: {},
      b: { imports: ['a'] },
    });
    const files = [answering, { name: 'rules.js', together: ['later.ts'] }];
    expect(chunksToMerge(outputs, { first: 'first.ts', files })).toEqual(
      new Map([
        ['asking.js', ['a']],
        ['rules.js', ['b']],
      ]),
    );
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
      'first.ts':
        "export const answer = async () => (await import('./answer.ts')).answer; export const rule = async () => (await import('./rule.ts')).rule;",
      'answer.ts':
        "import { twice } from './twice.ts'; import { one } from './one.ts'; export const answer = twice(one);",
      'rule.ts':
        "import { twice } from './twice.ts'; import { four } from './four.ts'; export const rule = twice(four);",
      'fourth.ts': "import { four } from './four.ts'; export const fourth = four;",
      'four.ts': "import { one } from './one.ts'; export const four = 4 * one;",
      'other.ts': "import { twice } from './twice.ts'; export const other = twice(4);",
      'third.ts': "import { one } from './one.ts'; export const third = one;",
      'twice.ts': "import { sep } from 'node:path'; export const twice = (n) => (sep === '' ? 0 : 2 * n);",
      'one.ts': 'export const one = 1;',
    };
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
    const outdir = join(folder, 'out');
    const { metafile } = await build({
      absWorkingDir: folder,
      entryPoints: ['first.ts', 'other.ts', 'third.ts', 'fourth.ts'],
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      metafile: true,
    });
    await mergeChunks(outdir, metafile, {
      first: 'first.ts',
      files: [answering, { name: 'rules.js', together: ['rule.ts'] }],
    });
    const files = readdirSync(outdir);
    expect(files.filter((file) => file.startsWith('chunk-'))).toEqual([]);
    expect(readFileSync(join(outdir, 'other.js'), 'utf8')).toContain('"./asking.js"');
    expect(readFileSync(join(outdir, 'rules.js'), 'utf8')).toContain('"./asking.js"');
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const load = async (file: string): Promise<Record<string, unknown>> =>
      (await import(pathToFileURL(join(outdir, file)).href)) as Record<string, unknown>;
    const { answer: ask, rule } = (await load('first.js')) as Record<'answer' | 'rule', () => Promise<number>>;
    const others = await Promise.all(
      ['other', 'third', 'fourth'].map(async (name) => (await load(`${name}.js`))[name]),
    );
    expect([await ask(), await rule(), ...others]).toEqual([2, 8, 8, 1, 4]);
  });
});
