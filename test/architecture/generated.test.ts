import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generatedFiles } from '../../packages/workspace/generated-files.ts';
import { root } from './source-files.ts';

it('every generated file equals what its source gives', async () => {
  const stale = (await generatedFiles()).filter(({ path, text }) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text);
  expect(stale.map(({ path }) => path), 'run `npm run generate`').toEqual([]);
});
