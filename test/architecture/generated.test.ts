import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generatedFiles } from '../../packages/workspace/generate/generated-files.ts';
import { root } from './source-files.ts';

it('every generated file equals what its source gives', async () => {
  const stale = (await generatedFiles()).filter(
    ({ path, text }) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
  );
  expect(
    stale.map(({ path }) => path),
    'run `npm run generate`',
  ).toEqual([]);
});

// Helm refuses a chart, whatever its values, when a pattern of its schema is none of RE2: https://github.com/google/re2/wiki/Syntax
it('no schema has a pattern that looks ahead, looks behind or refers back', async () => {
  const schemas = (await generatedFiles()).filter(({ path }) => path.endsWith('.schema.json'));
  expect(schemas.length).toBeGreaterThan(4);
  const patterns = schemas.flatMap(({ path, text }) =>
    [...text.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g)].map(([, pattern]) => ({
      path,
      pattern: JSON.parse(pattern ?? '""') as string,
    })),
  );
  expect(patterns.length).toBeGreaterThan(4);
  expect(patterns.filter(({ pattern }) => /\(\?(?:<?[=!])|\\[1-9]|\\k</.test(pattern))).toEqual([]);
});
