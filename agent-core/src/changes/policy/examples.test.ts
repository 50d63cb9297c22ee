import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../analyzers/catalogue.ts';
import { actions } from '../../scarlet/actions/registry.ts';
import { readCases, runCases } from './trial/cases.ts';
import { lintPolicy } from './lint/lint.ts';
import { readPolicy } from './reading/read-policy.ts';
import { inForce } from './testing/ask.ts';

const folder = join(import.meta.dirname, '../../../../deploy/policies');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml') && !file.endsWith('.cases.yaml'))
  .map((file) => file.replace(/\.yaml$/, ''));
const known = { actions: actions.map(({ name }) => name), findings: [...catalogue.values()].map(({ code }) => code) };

describe('the policies that are shipped as examples', () => {
  it('are there', () => {
    expect(names).toEqual(['laptop', 'production', 'staging']);
  });

  it.each(names)('%s decides its cases as they say', (name) => {
    const { policy } = readPolicy(read(`${name}.yaml`), `${name}.yaml`);
    const results = runCases(inForce(policy), readCases(read(`${name}.cases.yaml`), `${name}.cases.yaml`));
    expect(
      results.filter(({ passed }) => !passed).map(({ case: { says }, says: complaint }) => `${says} ${complaint}`),
    ).toEqual([]);
  });

  it.each(names)('%s has no faults', (name) => {
    expect(lintPolicy(readPolicy(read(`${name}.yaml`), `${name}.yaml`).policy, { known })).toEqual([]);
  });

  it.each(names)('%s has a case for each of its rules', (name) => {
    const { policy } = readPolicy(read(`${name}.yaml`), `${name}.yaml`);
    const expected = readCases(read(`${name}.cases.yaml`), `${name}.cases.yaml`).cases.map(
      ({ expect: { rule } }) => rule,
    );
    expect(policy.rules.map(({ id }) => id).filter((id) => !expected.includes(id))).toEqual([]);
  });
});

describe('the page about policies', () => {
  it('shows a rule that can be read', () => {
    const page = readFileSync(join(folder, '../../docs/policy.md'), 'utf8');
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect(lintPolicy(readPolicy(example, 'docs/policy.md').policy)).toEqual([]);
  });
});
