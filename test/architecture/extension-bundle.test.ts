import { join } from 'node:path';
import { build } from 'esbuild';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostOptions } from '../../packages/workspace/build/extension-bundle.ts';
import { bytesOf, loadedAtActivation } from '../../packages/workspace/build/loaded-at-activation.ts';
import { thirdPartyNotices } from '../../packages/workspace/build/third-party-notices.ts';
import { root } from './source-files.ts';

type Outputs = Metafile['outputs'];

/** What is too heavy for the process that all extensions of a window share, loaded or not. */
const heavy =
  /node_modules\/(better-sqlite3|pg|@kubernetes\/client-node|@langchain|langchain|hono|@modelcontextprotocol|undici)\//;

/** Files of JavaScript in one package, above which vsce warns of a slow start. */
const packagerWarnsAbove = 100;

let outputs: Outputs;
let notices: string;

beforeAll(async () => {
  const { metafile } = await build({
    ...hostOptions(join(root, 'extension'), join(root, 'extension', 'dist')),
    write: false,
    metafile: true,
  });
  outputs = metafile.outputs;
  notices = thirdPartyNotices([{ metafile, folder: join(root, 'extension') }]);
});

const atActivation = (): readonly string[] => loadedAtActivation(outputs);

function inputsOf(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
}

describe('the bundle of the extension', () => {
  it('is small where it is loaded at activation, and not large as a whole', () => {
    expect(atActivation().length).toBeGreaterThan(1);
    expect(bytesOf(outputs, atActivation())).toBeLessThan(96 * 1024);
    expect(bytesOf(outputs, Object.keys(outputs))).toBeLessThan(1024 * 1024);
  });

  it('is of so few files that a package of it is read quickly: beside them lie the program and the page of the chat', () => {
    expect(Object.keys(outputs).length).toBeLessThanOrEqual(packagerWarnsAbove - 2);
  });

  it('goes with the licence of every package that it has a part of, and with no path of this machine', () => {
    const packages = new Set(
      inputsOf(Object.keys(outputs)).flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
    );
    expect([...packages]).toContain('zod');
    expect([...packages].filter((name) => !notices.includes(`\n${name} `))).toEqual([]);
    expect(
      notices.match(/Permission is hereby granted|Permission to use, copy|Apache License/g)?.length,
    ).toBeGreaterThanOrEqual(packages.size);
    expect(notices).not.toContain(root);
  });

  it("holds nothing that belongs into the agent's process", () => {
    expect(inputsOf(Object.keys(outputs)).filter((path) => heavy.test(path))).toEqual([]);
  });

  it('loads commands, what views show, the contract of the agent, its shapes, zod and the local cluster only when they are used', () => {
    const late =
      /extension\/src\/commands\/(?!registry|program-arguments)|extension\/src\/(chat|problems\/problem-nodes|incidents\/incident-nodes)|agentd\/src\/contract\/endpoints|domain\/src\/(change|incident|kubernetes)\/|domain\/src\/(diagnosis|object-ref)\.ts|src\/kind\/|node_modules\/(yaml|zod)\//;
    const early = inputsOf(atActivation()).map((path) => join('extension', path));
    expect(early.filter((path) => late.test(path))).toEqual([]);
    expect(
      inputsOf(Object.keys(outputs))
        .map((path) => join('extension', path))
        .some((path) => late.test(path)),
    ).toBe(true);
  });
});
