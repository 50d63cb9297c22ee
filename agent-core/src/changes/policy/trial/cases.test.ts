import { describe, expect, it } from 'vitest';
import { readCases, runCases } from './cases.ts';
import { inForce, policyOf } from '../testing/ask.ts';

const policy = inForce(
  policyOf({
    rules: [
      { id: 'all', why: 'All.', decision: 'auto' },
      { id: 'high', why: 'High.', decision: 'two', match: { risks: ['high'] } },
      { id: 'spent', why: 'Spent.', decision: 'auto', limits: { changesPerHour: 2, beyond: 'one' } },
    ],
  }),
);

function results(text: string): readonly (readonly [boolean, string])[] {
  return runCases(policy, readCases(text, 'policy.cases.yaml')).map(({ passed, says }) => [passed, says]);
}

describe('cases', () => {
  it('pass when the tier is the expected one, by the expected rule', () => {
    expect(
      results(`version: 1
cases:
  - { says: High risk takes two., given: { action: scale, risk: high }, expect: { tier: two, rule: high } }
  - { says: The rest is done., given: { action: scale }, expect: { tier: auto } }
  - { says: A spent budget asks., given: { action: scale, changesLastHour: 2 }, expect: { tier: one, rule: spent } }
  - { says: The floor holds., given: { action: delete, verb: delete, kind: PersistentVolumeClaim }, expect: { tier: forbidden, rule: floor.data-deletion } }
`),
    ).toEqual([
      [true, ''],
      [true, ''],
      [true, ''],
      [true, ''],
    ]);
  });

  it('fail with what came instead', () => {
    expect(
      results(`version: 1
cases:
  - { says: Wrong tier., given: { action: scale, risk: high }, expect: { tier: one } }
  - { says: Wrong rule., given: { action: scale, risk: high }, expect: { tier: two, rule: all } }
`),
    ).toEqual([
      [false, 'expected one, but it is two, by high'],
      [false, 'it is two as expected, but by high and not by all'],
    ]);
  });

  it('stand on the line where they begin', () => {
    const file = readCases(
      'version: 1\ncases:\n\n  - says: A.\n    given: { action: scale }\n    expect: { tier: auto }\n',
      'policy.cases.yaml',
    );
    expect(runCases(policy, file)[0]?.line).toBe(4);
  });

  it('are refused with the line of what is not known', () => {
    expect(() =>
      readCases(
        'version: 1\ncases:\n  - says: A.\n    given: { action: scale, lables: {} }\n    expect: { tier: auto }\n',
        'policy.cases.yaml',
      ),
    ).toThrow('policy.cases.yaml:4: cases[0].given.lables is not known; did you mean `labels`?');
  });
});
