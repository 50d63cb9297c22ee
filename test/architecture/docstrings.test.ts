import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { root, sourceFiles } from './source-files.ts';
import type { SourceFile } from './source-files.ts';

interface Manifest {
  readonly exports?: Readonly<Record<string, string>>;
}

/** What other packages may import of a package: the files behind its `exports` map. */
function isOffered(folder: string): (path: string) => boolean {
  const { exports = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const patterns = Object.values(exports).map(
    (target) => new RegExp(`^${posix.join(folder, target).replaceAll('.', '\\.').replace('*', '[^/]+')}$`),
  );
  return (path) => !path.endsWith('.test.ts') && patterns.some((pattern) => pattern.test(path));
}

/** Functions, classes and schemas of a file that no comment stands before. Schemas have capital letters, as their types do. */
function unexplained({ path, text }: SourceFile): readonly string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const [, name] = /^export (?:async |abstract )*(?:function\*?|class|const(?= [A-Z])) (\w+)/.exec(line) ?? [];
    return name === undefined || lines[index - 1]?.trimEnd().endsWith('*/') === true ? [] : [`${path}: ${name}`];
  });
}

const all = sourceFiles();

it.each([
  'agent-core',
  'packages/domain',
  'packages/kube',
  'packages/bundles',
  'packages/store',
  'packages/delivery',
  'packages/signals',
  'packages/agentd',
])('what %s offers says what it is', (folder) => {
  const offered = all.filter(({ path }) => isOffered(folder)(path));
  expect(offered.length).toBeGreaterThan(0);
  expect(offered.flatMap(unexplained)).toEqual([]);
});
