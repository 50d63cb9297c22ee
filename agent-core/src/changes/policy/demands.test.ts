import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { demandsOf, missingYeses, rolesOf } from './demands.ts';

function person(name: string, ...roles: string[]): Actor {
  return { kind: 'person', account: `local:${name}`, person: name, name, roles, surface: 'cli' };
}

describe('what is asked for', () => {
  it('is said once where one rule asks for what another does', () => {
    expect(
      demandsOf([
        { tier: 'one', approvers: [] },
        { tier: 'two', approvers: ['sre'] },
        { tier: 'one', approvers: ['dev', 'sre'] },
      ]),
    ).toEqual([{ approvals: 2, roles: ['sre'] }]);
  });

  it('keeps the narrower roles beside the larger number', () => {
    expect(
      demandsOf([
        { tier: 'one', approvers: ['sre'] },
        { tier: 'two', approvers: ['dev', 'sre'] },
      ]),
    ).toEqual([
      { approvals: 2, roles: ['dev', 'sre'] },
      { approvals: 1, roles: ['sre'] },
    ]);
  });

  it('is of anybody where no rule names a role', () => {
    const demands = demandsOf([
      { tier: 'two', approvers: [] },
      { tier: 'one', approvers: ['sre'] },
    ]);
    expect(demands).toEqual([
      { approvals: 2, roles: [] },
      { approvals: 1, roles: ['sre'] },
    ]);
    expect(rolesOf(demands)).toEqual([]);
  });
});

describe('yeses', () => {
  const decision = {
    tier: 'two' as const,
    roles: [],
    demands: [
      { approvals: 2, roles: [] },
      { approvals: 1, roles: ['sre'] },
    ],
  };

  it('are enough when every demand is met, and one person counts for several', () => {
    expect(missingYeses(decision, [person('ann', 'sre'), person('ben')])).toEqual([]);
  });

  it('are told by what is missing', () => {
    expect(missingYeses(decision, [])).toEqual([
      'Two people must agree.',
      'One more person with the role sre must agree.',
    ]);
    expect(missingYeses(decision, [person('ann'), person('ben')])).toEqual([
      'One more person with the role sre must agree.',
    ]);
  });

  it('of two accounts of one person count once, of automations and of nobody not at all', () => {
    const two = { tier: 'two' as const, roles: [] };
    expect(missingYeses(two, [person('ann'), { ...person('ann'), account: 'slack:ann' }])).not.toEqual([]);
    expect(missingYeses(two, [person('ann'), { ...person('ben'), kind: 'automation' }])).not.toEqual([]);
    expect(missingYeses(two, [person('ann'), { ...person('ben'), person: '' }])).not.toEqual([]);
    expect(missingYeses(two, [person('ann'), person('ben')])).toEqual([]);
  });

  it('of one person alone, linked to nobody, are enough for one', () => {
    expect(missingYeses({ tier: 'one', roles: [] }, [{ ...person('me'), person: '' }])).toEqual([]);
  });

  it('never allow what is forbidden', () => {
    expect(missingYeses({ tier: 'forbidden', roles: [] }, [person('ann'), person('ben')])).not.toEqual([]);
  });

  it('are not needed for what is done at once', () => {
    expect(missingYeses({ tier: 'auto', roles: [] }, [])).toEqual([]);
  });

  it('of a decision without demands are counted by its tier and roles', () => {
    expect(missingYeses({ tier: 'one', roles: ['sre'] }, [person('ann')])).toEqual([
      'One more person with the role sre must agree.',
    ]);
  });
});
