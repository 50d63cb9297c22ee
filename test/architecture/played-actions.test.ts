import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { actions } from '../../agent-core/src/scarlet/actions/registry.ts';
import { root } from './source-files.ts';

const names: readonly string[] = actions.map(({ name }) => name);

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file));
}

/** Actions by which a fault is repaired on the real cluster. */
function repairing(): readonly string[] {
  return filesIn('test/scenarios')
    .filter((file) => file.endsWith('scenario.yaml'))
    .flatMap((file) => {
      const { repair } = parse(readFileSync(file, 'utf8')) as { readonly repair?: string };
      return repair === undefined ? [] : [repair];
    });
}

/** Actions that a walk on the real cluster carries out: `'scale'`, or `'scale: what comes of it'`. */
function walked(): readonly string[] {
  const files = filesIn('test/scenarios/walks').filter((file) => file.endsWith('.ts'));
  const words = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'([a-z][a-z-]+)(?:'|: )/g)].map(([, word = '']) => word),
  );
  return names.filter((name) => words.includes(name));
}

describe('the actions of the catalogue', () => {
  it('are each carried out on a real cluster, against a fault or in a walk', () => {
    const played = [...repairing(), ...walked()];
    expect(names.filter((name) => !played.includes(name))).toEqual([]);
  });

  it('are all that scenarios name as a repair', () => {
    const repairs = repairing();
    expect(repairs.length).toBeGreaterThan(10);
    expect(repairs.filter((name) => !names.includes(name))).toEqual([]);
  });
});
