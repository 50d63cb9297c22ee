import { expect, it } from 'vitest';
import { customGroups } from '../../packages/kube/src/reader/custom/custom-groups.ts';
import { sourceFiles } from './source-files.ts';

const group = String.raw`'([a-z0-9-]+(?:\.[a-z0-9-]+)+)'`;
/** How rules name the API group whose objects they read. */
const named = [
  String.raw`customOfKind\(\s*snapshot,\s*${group}`,
  String.raw`groupOf\([^)]*\) === ${group}`,
  String.raw`\bgroup === ${group}`,
  String.raw`const \w*[gG]roup = ${group}`,
].map((pattern) => new RegExp(pattern, 'g'));

// What a rule reads by name is no use where the ready role does not let it be read.
it('the API groups that rules name are among those that the read-only role lets be read', () => {
  const rules = sourceFiles().filter(
    ({ path }) => /^agent-core\/src\/(?:analyzers|reading|evidence|jamie)\//.test(path) && !path.endsWith('.test.ts'),
  );
  const read = new Set(
    rules.flatMap(({ text }) => named.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))),
  );
  expect(read.size).toBeGreaterThan(10);
  expect([...read].filter((one) => !(customGroups as readonly string[]).includes(one))).toEqual([]);
});
