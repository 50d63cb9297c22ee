import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { ActAs, actingAs } from './acting-as.ts';

const ann: Actor = {
  kind: 'person',
  account: 'slack:T1/U1',
  person: 'p-ann',
  name: 'Ann',
  roles: ['admin'],
  surface: 'slack',
};
const asked = { requester: ann, approvals: [] };

async function userOf(
  accounts: readonly string[],
  settings: object = { who: 'requester' },
  requester = ann,
): Promise<unknown> {
  const { people } = createMemoryStore();
  await people.put(
    { id: 'p-ann', name: 'Ann', accounts: [...accounts], roles: ['operator', 'approver'] },
    {
      code: 'PPL001',
      time: '2026-01-01T12:00:00Z',
      actor: ann,
      onBehalfOf: '',
      subject: 'p-ann',
      success: true,
      says: 'Linked.',
      details: {},
    },
  );
  return await actingAs(ActAs.parse(settings), people)?.({ ...asked, requester });
}

describe('who acts for a change', () => {
  it('is the agent, where nothing else is configured', () => {
    expect(actingAs(ActAs.parse({}), createMemoryStore().people)).toBeUndefined();
  });

  it('is the person who asks, from whichever surface, as their user of the API server', async () => {
    expect(await userOf(['slack:T1/U1', 'kubernetes:ann@example.com'])).toEqual({
      user: 'ann@example.com',
      groups: [],
    });
  });

  it('is in the groups of the roles that are stored, not of those that a surface claims', async () => {
    const groups = { operator: ['developers'], approver: ['developers', 'on-call'], admin: ['admins'] };
    expect(await userOf(['slack:T1/U1', 'kubernetes:ann'], { who: 'requester', groups })).toEqual({
      user: 'ann',
      groups: ['developers', 'on-call'],
    });
  });

  it('is the agent for what no person asked for', async () => {
    expect(
      await userOf(
        ['kubernetes:ann'],
        { who: 'requester' },
        { ...ann, kind: 'automation', account: 'automation:undo' },
      ),
    ).toBeUndefined();
  });

  it.each([
    ['without a user', ['slack:T1/U1']],
    ['whose user is of the cluster itself', ['slack:T1/U1', 'kubernetes:system:serviceaccount:kube-system:default']],
    ['whom nobody knows', ['slack:T9/U9', 'kubernetes:ann']],
  ])('is nobody for a person %s', async (_what, accounts) => {
    await expect(userOf(accounts)).rejects.toMatchObject({
      code: 'change.not-allowed',
      message: 'Ann has no user of this cluster, and changes are done here as who asks for them.',
    });
  });

  it('is put into no group of the cluster itself by a configuration', () => {
    expect(ActAs.safeParse({ who: 'requester', groups: { operator: ['system:masters'] } }).success).toBe(false);
  });
});
