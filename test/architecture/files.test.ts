import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listFiles, root, sourceFiles } from './source-files.ts';

const catalogues = /codes\.ts$|\.generated\.ts$|catalogue/;

it('no file is longer than a person can hold in mind', () => {
  const long = sourceFiles().filter((file) => !catalogues.test(file.path) && file.text.split('\n').length > 500);
  expect(long.map((file) => file.path)).toEqual([]);
});

it('no room is named after nothing', () => {
  const vague = listFiles().filter((path) => /(^|\/)(utils?|helpers?|common|shared|misc)(\/|\.ts$)/.test(path));
  expect(vague).toEqual([]);
});

it('no file has a default export where no tool demands one', () => {
  const wrong = sourceFiles().filter((file) => /^export default /m.test(file.text) && file.path !== 'vitest.config.ts');
  expect(wrong.map((file) => file.path)).toEqual([]);
});

// The clock, chance and the process come through ports, or as values: the same snapshot gives the same answer.
it('the core asks neither the machine nor the time', () => {
  const core = sourceFiles().filter(
    ({ path }) => /^(?:agent-core|packages\/domain)\/src\//.test(path) && !/\.test\.ts$|\/testing\//.test(path),
  );
  expect(core.length).toBeGreaterThan(100);
  const asks =
    /\bprocess\.(?:env|platform|argv|cwd|exit|stdout|stderr)\b|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bconsole\.\w+\(|\bsetTimeout\(|\bfetch\(/;
  expect(core.filter(({ text }) => asks.test(text)).map(({ path }) => path)).toEqual([]);
});

it('no test is left alone or left out', () => {
  const wrong = sourceFiles().filter(
    (file) =>
      file.path !== 'test/architecture/files.test.ts' && /\b(it|test|describe)\.(only|todo|skip)\b/.test(file.text),
  );
  expect(wrong.map((file) => file.path)).toEqual([]);
});

it('package.json names a licence and the scripts of the README', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    license: string;
    scripts: Record<string, string>;
  };
  expect(manifest.license).toBe('Apache-2.0');
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(['start', 'test', 'bed', 'bench']));
});
