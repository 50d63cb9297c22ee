import { expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { isAgreed } from './change-state.ts';

function yesOf(
  name: string,
  ...roles: string[]
): { readonly actor: Actor; readonly digest: string; readonly time: string } {
  return {
    actor: { kind: 'person', account: `local:${name}`, person: name, name, roles, surface: 'cli' },
    digest: 'd',
    time: '2026-01-07T12:00:00Z',
  };
}

const decision = {
  tier: 'two' as const,
  voices: [{ rule: 'a', tier: 'two' as const, why: 'A.' }],
  roles: [],
  demands: [
    { approvals: 2, roles: [] },
    { approvals: 1, roles: ['sre'] },
  ],
  policyVersion: 'v',
};

it('a change is agreed to when every demand of its decision is met', () => {
  expect(isAgreed({ decision, approvals: [yesOf('ann'), yesOf('ben')] })).toBe(false);
  expect(isAgreed({ decision, approvals: [yesOf('ann'), yesOf('ben'), yesOf('cat', 'sre')] })).toBe(true);
  expect(isAgreed({ decision, approvals: [yesOf('ann', 'sre'), yesOf('ben')] })).toBe(true);
});
