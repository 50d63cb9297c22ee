import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';
import type { SourceFile } from './source-files.ts';

const builtIns = /^node:/;
const testOnly = ['vitest', 'fast-check', '@autodevops/testkit'];

/** Room of a file: what the import table speaks of. */
const rooms: readonly { room: string; folder: string; may: readonly RegExp[] }[] = [
  { room: 'domain', folder: 'packages/domain/', may: [/^zod$/] },
  { room: 'kube', folder: 'packages/kube/', may: [/^@autodevops\/domain\//, /^yaml$/, builtIns] },
  { room: 'bundles', folder: 'packages/bundles/', may: [/^@autodevops\/domain\//, /^yaml$/, /^tar-stream$/, builtIns] },
  { room: 'agent-core', folder: 'agent-core/', may: [/^@autodevops\/domain\//, /^yaml$/] },
  { room: 'testkit', folder: 'packages/testkit/', may: [/^@autodevops\//, /^yaml$/, /^vitest$/, builtIns] },
  { room: 'cli', folder: 'packages/cli/', may: [/^@autodevops\/(domain|agent-core)\//, /^@autodevops\/agent-core$/, /^zod$/, /^yaml$/, builtIns] },
];
const adapters = /^@autodevops\/(kube|bundles)\//;

function isTest(file: SourceFile): boolean {
  return /\.test\.ts$|\.test-[\w-]+\.ts$|\/testing\//.test(file.path);
}

function allowed(file: SourceFile, imported: string, may: readonly RegExp[]): boolean {
  if (imported.startsWith('.')) return true;
  if (may.some((pattern) => pattern.test(imported))) return true;
  if (file.path === 'packages/cli/src/compose.ts') return adapters.test(imported);
  return isTest(file) && (builtIns.test(imported) || testOnly.some((name) => imported === name || imported.startsWith(`${name}/`)) || /client-node/.test(imported) || /^tar-stream$|^yaml$/.test(imported));
}

const files = sourceFiles();

describe('the import table', () => {
  for (const { room, folder, may } of rooms) {
    it(`${room} imports only what it may`, () => {
      const own = files.filter((file) => file.path.startsWith(folder));
      expect(own.length).toBeGreaterThan(0);
      const wrong = own.flatMap((file) => file.imports.filter((i) => !allowed(file, i, may)).map((i) => `${file.path} imports ${i}`));
      expect(wrong).toEqual([]);
    });
  }

  it('no package reaches into another by a relative path', () => {
    const home = (path: string): string => /^(packages\/[^/]+|agent-core|extension|bot)\//.exec(path)?.[1] ?? '';
    const wrong = files.flatMap((file) => {
      if (home(file.path) === '') return [];
      const relative = file.imports.filter((i) => i.startsWith('.'));
      return relative
        .map((i) => posix.join(posix.dirname(file.path), i))
        .filter((target) => home(target) !== home(file.path) && !file.path.startsWith('packages/workspace/'))
        .map((target) => `${file.path} reaches ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('only tests import the testkit', () => {
    const wrong = files.filter((file) => !isTest(file) && !file.path.startsWith('packages/testkit/') && !file.path.startsWith('test/') && file.imports.some((i) => i.startsWith('@autodevops/testkit')));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });
});
