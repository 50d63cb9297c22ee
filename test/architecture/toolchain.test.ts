import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './source-files.ts';

const folder = join(root, 'packages', 'workspace');
const program = readFileSync(join(folder, 'toolchain.mjs'), 'utf8');
const hashes = JSON.parse(readFileSync(join(folder, 'toolchain-hashes.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

/** Node for every platform, and pnpm. */
function fetched(): readonly string[] {
  const [, pnpm = ''] = /const pnpmVersion = '([\d.]+)'/.exec(program) ?? [];
  return [...[...program.matchAll(/'(node-[\w-]+@[\d.]+)'/g)].map(([, spec = '']) => spec), `pnpm@${pnpm}`];
}

it('what is fetched before anything is installed has a hash', () => {
  expect(fetched().length).toBeGreaterThan(3);
  expect(fetched().filter((spec) => !/^sha512-[\w+/]{86}==$/.test(hashes[spec] ?? ''))).toEqual([]);
});

it('no hash is left of what is not fetched any more', () => {
  const own = new Set(fetched());
  const native = `@${([...own].find((spec) => spec.startsWith('pnpm@')) ?? '').split('@')[1]}`;
  expect(
    Object.keys(hashes).filter((spec) => !own.has(spec) && !(spec.startsWith('@pnpm/exe.') && spec.endsWith(native))),
  ).toEqual([]);
});

it('Node is of the version that the checkout names', () => {
  const major = readFileSync(join(root, '.nvmrc'), 'utf8').trim();
  expect(fetched().filter((spec) => spec.startsWith('node-') && !spec.includes(`@${major}.`))).toEqual([]);
});
