import { describe, expect, it } from 'vitest';
import { decisionDifferences, planDifferences } from './stale.ts';
import { decisionOf, deploymentRef, factsOfPlan, patchOf, planOf, plannedAction } from '../testing/samples.ts';

const before = planOf();
const radius = (changes: object): ReturnType<typeof planOf> => ({
  ...before,
  facts: factsOfPlan({
    blastRadius: { objects: 2, services: ['shop/web'], namespaces: ['shop'], shareOfReadyEndpoints: 0.5, ...changes },
  }),
});

describe('what is different in a plan that was made again', () => {
  it('is nothing where only versions, the moment and the notes moved on', () => {
    const later = planOf(
      plannedAction('web', {
        operations: [JSON.parse(JSON.stringify(patchOf()).replace('"10"', '"99"')) as ReturnType<typeof patchOf>],
      }),
    );
    expect(
      planDifferences(before, {
        ...later,
        facts: factsOfPlan({ capturedAt: '2026-01-01T13:00:00.000Z', notes: ['new'], disruptionsAllowed: 0 }),
      }),
    ).toEqual([]);
  });

  it('is nothing where it reaches less far', () => {
    expect(planDifferences(before, radius({ objects: 1, services: [], shareOfReadyEndpoints: 0.2 }))).toEqual([]);
  });

  const cases: Readonly<Record<string, [ReturnType<typeof planOf>, RegExp]>> = {
    'what is sent': [
      planOf(plannedAction('web', { operations: [patchOf('web', 4)] })),
      /no longer the same: Scale web to 3/,
    ],
    'what takes it back': [planOf(plannedAction('web', { undo: { operations: [], why: '' } })), /no longer the same/],
    'which fields differ': [
      { ...before, diff: [{ object: deploymentRef(), path: 'spec.x', before: '', after: '1' }] },
      /Other fields/,
    ],
    'another Service': [radius({ services: ['shop/web', 'shop/api'] }), /Service shop\/api too/],
    'another namespace': [radius({ namespaces: ['shop', 'db'] }), /namespace db too/],
    'more objects': [radius({ objects: 3 }), /3 objects, not 2/],
    'a larger share': [radius({ shareOfReadyEndpoints: 1 }), /100 % .*, not 50 %/],
    'who keeps it': [
      { ...before, facts: factsOfPlan({ managedBy: [{ tool: 'helm', owner: 'release shop/web' }] }) },
      /managed by release shop\/web now, and was by nobody/,
    ],
    'whether it can be taken back': [
      { ...before, facts: factsOfPlan({ reversible: false }) },
      /taken back has changed/,
    ],
  };
  for (const [name, [plan, says]] of Object.entries(cases)) {
    it(`is ${name}`, () => expect(planDifferences(before, plan).join(' ')).toMatch(says));
  }

  it('is what can no longer be found out', () => {
    const { blastRadius: _radius, ...facts } = before.facts;
    expect(planDifferences(before, { ...before, facts })).toEqual(['Who would notice can no longer be found out.']);
  });
});

describe('what is different in a decision that was made again', () => {
  it('is another policy, or a stricter answer of the same', () => {
    expect(decisionDifferences(decisionOf('one'), decisionOf('one', { policyVersion: 'p2' }))).toEqual([
      'The policy has changed since.',
    ]);
    expect(decisionDifferences(decisionOf('one'), decisionOf('two'))).toEqual([
      'The policy says two now, and said one: It is two.',
    ]);
    expect(decisionDifferences(decisionOf('two'), decisionOf('one'))).toEqual([]);
    expect(decisionDifferences(decisionOf('auto'), decisionOf('auto'))).toEqual([]);
  });
});
