import { describe, expect, it } from 'vitest';
import { withAccount } from '@autodevops/domain/change/person';
import { deployment, changeScene, refusalOf, request } from '../testing/change-scene.ts';
import type { ChangeScene } from '../testing/change-scene.ts';
import { agent, ann, bob, decisionOf, person } from '../testing/samples.ts';
import { cancel, reject, takeBack } from './withdraw.ts';
import { expireAll } from './expire.ts';
import { turnKillSwitch } from '../governing/kill-switch.ts';
import { readChange } from '../journal/journal.ts';

const resize = [request('resize', 'web', { replicas: 3 })];
const cem = person('cem');

async function waiting(
  tier: 'one' | 'two',
  options: Parameters<typeof changeScene>[0] = {},
): Promise<ChangeScene & { readonly change: Awaited<ReturnType<ChangeScene['propose']>> }> {
  const scene = await changeScene({ decide: decisionOf(tier, { roles: ['sre'] }), ...options });
  return { ...scene, change: await scene.propose(resize) };
}

describe('a yes', () => {
  it('of one other person is enough where the policy wants one', async () => {
    const { approve, change, audited } = await waiting('one');
    expect(await approve(change)).toMatchObject({
      state: 'approved',
      says: 'Agreed to by bob.',
      approvals: [{ actor: { person: 'bob' }, digest: change.digest }],
    });
    expect(await audited('CHG003')).toMatchObject([
      { actor: { account: 'slack:bob' }, details: { digest: change.digest, person: 'bob' } },
    ]);
  });

  it('of two different people is needed where the policy wants two', async () => {
    const { approve, change } = await waiting('two');
    expect((await approve(change)).state).toBe('waiting');
    expect((await approve(change, cem)).state).toBe('approved');
  });

  it('of many at once counts exactly those who are needed', async () => {
    const { approve, change, store } = await waiting('two');
    const all = await Promise.allSettled([
      approve(change, bob),
      approve(change, cem),
      approve(change, bob),
      approve(change, cem),
    ]);
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await readChange(store.changes, change.id)).change).toMatchObject({
      state: 'approved',
      approvals: [{}, {}],
    });
  });
});

describe('a yes while the kill switch is on', () => {
  it('does not count, is told why, and can be said again when it is off', async () => {
    const { approve, change, store, audited, clock } = await waiting('one');
    const turn = { actor: ann, why: 'A drill', now: clock.now() };
    await turnKillSwitch(store.settings, { ...turn, on: true });
    expect(await refusalOf(approve(change))).toMatchObject({
      code: 'change.stopped',
      message: 'The kill switch is on (ann): A drill.',
      remedy: expect.stringContaining('autodevops kill-switch off') as unknown,
    });
    expect(await audited('DNY002')).toHaveLength(1);
    await turnKillSwitch(store.settings, { ...turn, on: false });
    expect((await approve(change)).state).toBe('approved');
  });
});

describe('a yes of somebody with a role', () => {
  const demands = [
    { approvals: 1, roles: ['sre'] },
    { approvals: 1, roles: ['owner'] },
  ];
  const both = decisionOf('one', { roles: ['owner', 'sre'], demands });

  it('is needed for every role that the policy names', async () => {
    const { approve, propose, store } = await changeScene({ decide: both });
    await store.people.put(
      { id: 'olga', name: 'olga', accounts: ['slack:olga'], roles: ['owner'] },
      { code: 'PPL001', time: '', actor: agent, onBehalfOf: '', subject: 'olga', success: true, says: '', details: {} },
    );
    const change = await propose(resize);
    expect(await approve(change, bob)).toMatchObject({
      state: 'waiting',
      says: 'One more person with the role owner must agree.',
    });
    expect((await refusalOf(approve(change, cem))).message).toBe(
      'cem has none of the roles that are still wanted. One more person with the role owner must agree.',
    );
    expect((await approve(change, person('olga', ['owner']))).state).toBe('approved');
  });
});

interface Refused {
  readonly who: Parameters<ChangeScene['approve']>[1];
  readonly says: RegExp;
}

describe('a yes is refused, with its sentence and in the audit log', () => {
  const refused: Readonly<Record<string, Refused>> = {
    'of who asked': { who: ann, says: /^ann asked for chg-000000000001, and who asks does not agree\.$/ },
    'of who asked, under another account of the same person': {
      who: { ...ann, account: 'cli:ann' },
      says: /ann asked for/,
    },
    'of who asked, whatever the surface says who it is': {
      who: { ...ann, account: 'cli:ann', person: 'bob' },
      says: /asked for/,
    },
    "of an account that is nobody's": {
      who: person('eve', ['sre'], 'slack:eve'),
      says: /^The account slack:eve is not linked to a person/,
    },
    'of a person without the role, whatever the surface says': {
      who: person('dan', ['sre']),
      says: /^dan has none of the roles that are still wanted\. One more person with the role sre must agree\.$/,
    },
    'of an agent': { who: agent, says: /no person/ },
    'of an automation': { who: { ...agent, kind: 'automation', account: 'automation:x' }, says: /no person/ },
  };
  for (const [name, { who, says }] of Object.entries(refused)) {
    it(name, async () => {
      const { approve, change, audited, store } = await waiting('one');
      const error = await refusalOf(approve(change, who));
      expect(error.code).toBe('change.not-allowed');
      expect(error.message).toMatch(says);
      expect(await audited('DNY002')).toMatchObject([{ subject: change.id, success: false, says: error.message }]);
      expect((await readChange(store.changes, change.id)).change.state).toBe('waiting');
    });
  }

  it('of one person under two names', async () => {
    const { approve, change } = await waiting('two');
    await approve(change, bob);
    expect((await refusalOf(approve(change, { ...bob, account: 'cli:bob', person: '' }))).message).toBe(
      'bob has agreed already; another person has to.',
    );
  });

  it('of an account that looks like the one that asked, or that agreed, though another person has it', async () => {
    const { approve, propose, store } = await changeScene({ decide: decisionOf('two', { roles: ['sre'] }) });
    for (const [id, account] of [
      ['eve', 'slack:Ann'],
      ['mallory', 'slack:b\u043Eb'],
    ] as const) {
      await store.people.put(
        { id, name: id, accounts: [account], roles: ['sre'] },
        { code: 'PPL001', time: '', actor: agent, onBehalfOf: '', subject: id, success: true, says: '', details: {} },
      );
    }
    const change = await propose(resize);
    await approve(change, bob);
    expect((await refusalOf(approve(change, person('eve', ['sre'], 'slack:Ann')))).message).toBe(
      'The account slack:Ann looks like slack:ann, and one human under two names does not count twice.',
    );
    expect((await refusalOf(approve(change, person('mallory', ['sre'], 'slack:b\u043Eb')))).message).toContain(
      'looks like slack:bob',
    );
    expect((await approve(change, cem)).state).toBe('approved');
  });

  it('to something else than what stands', async () => {
    const { approve, change, audited } = await waiting('one');
    expect(await refusalOf(approve({ ...change, digest: 'a'.repeat(64) }))).toMatchObject({
      code: 'change.stale',
      message: `What you agreed to is not what ${change.id} is now.`,
    });
    expect(await audited('DNY002')).toHaveLength(1);
  });

  it('twice', async () => {
    const { approve, change, audited } = await waiting('one');
    await approve(change);
    expect(await refusalOf(approve(change))).toMatchObject({
      code: 'change.wrong-state',
      message: `${change.id} waits for nobody's yes: it is approved. Agreed to by bob.`,
    });
    expect(await audited('DNY002')).toHaveLength(1);
  });

  it('after the object has changed', async () => {
    const { approve, change, cluster, audited } = await waiting('one');
    cluster.put(deployment('web', 2));
    expect(await refusalOf(approve(change))).toMatchObject({
      code: 'change.stale',
      message: expect.stringContaining(
        'The cluster is no longer as chg-000000000001 saw it. What would be done to Deployment shop/web is no longer the same',
      ),
    });
    expect(await audited('DNY002')).toHaveLength(1);
  });

  it('but not because a controller has reported on the object meanwhile', async () => {
    const { approve, change, cluster } = await waiting('one');
    cluster.put({ ...deployment(), status: { replicas: 1, readyReplicas: 1 } });
    expect((await approve(change)).state).toBe('approved');
  });

  it('after it has expired, and then it is expired', async () => {
    const { approve, change, clock, codes, store } = await waiting('one');
    clock.pass(3_600_000);
    expect((await refusalOf(approve(change))).message).toContain('it is expired');
    expect((await codes()).slice(-2)).toEqual(['CHG006', 'DNY002']);
    expect((await readChange(store.changes, change.id)).change.state).toBe('expired');
  });
});

describe('a clock that is set', () => {
  const hour = 3_600_000;

  it('back extends no proposal: it has expired, and says why', async () => {
    const { approve, change, clock, store } = await waiting('one');
    clock.pass(-hour);
    expect((await refusalOf(approve(change))).message).toContain(
      'it is expired. The clock was set back, so it is not known whether it is still in time.',
    );
    expect((await readChange(store.changes, change.id)).change.state).toBe('expired');
  });

  it('back extends no yes: nothing is begun', async () => {
    const { approve, execute, change, clock, cluster } = await waiting('one');
    await approve(change);
    clock.pass(-hour);
    expect(await execute(change.id)).toMatchObject({ state: 'expired' });
    expect(cluster.effects).toEqual([]);
  });

  it('back by no more than clocks differ is no reason', async () => {
    const { approve, change, clock } = await waiting('one');
    clock.pass(-60_000);
    expect((await approve(change)).state).toBe('approved');
  });

  it('forwards ends what waits, and is no more than an end', async () => {
    const { approve, change, clock } = await waiting('one');
    clock.pass(10 * hour);
    expect((await refusalOf(approve(change))).message).toContain('it is expired. Nobody decided in time');
  });
});

describe('one person alone', () => {
  const local = { mode: 'local' as const, ownYes: true };
  it('may agree to their own request where one yes is wanted and that is allowed', async () => {
    const unlinked = await changeScene({ rules: local });
    const me = person('me', [], 'local:me');
    expect((await unlinked.approve(await unlinked.propose(resize, { requester: me }), me)).state).toBe('approved');
  });

  it('is who has the machine, also where that person asks and agrees in Slack', async () => {
    const at = await waiting('one', { rules: local });
    const linked = await at.store.people.byAccount(ann.account);
    if (linked === undefined) expect.fail('ann is linked');
    const [row] = await at.store.audit.rows({ from: 1, limit: 1 });
    await at.store.people.put(withAccount(linked, 'local:ann'), row?.entry ?? expect.fail('there is a row'));
    expect((await at.approve(at.change, ann)).state).toBe('approved');
  });

  it('is nobody who was only given a token there', async () => {
    const { approve, change } = await waiting('one', { rules: local });
    expect((await refusalOf(approve(change, ann))).message).toContain('who asks does not agree');
    expect((await approve(change, bob)).state).toBe('approved');
  });

  it('may not where two are wanted, where it is not allowed, or in a shared cluster', async () => {
    for (const [tier, rules] of [
      ['two', local],
      ['one', { mode: 'local', ownYes: false }],
      ['one', { mode: 'cloud', ownYes: true }],
    ] as const) {
      const { approve, change } = await waiting(tier, { rules });
      expect((await refusalOf(approve(change, ann))).message).toContain('who asks does not agree');
    }
  });
});

describe('a no', () => {
  const no = (id: string, actor = bob): { id: string; actor: typeof bob; why: string } => ({
    id,
    actor,
    why: 'Not now.',
  });

  it('ends a change before it has begun, even when it was agreed to', async () => {
    const { approve, change, desk, audited } = await waiting('one');
    await approve(change);
    expect(await reject(no(change.id), desk)).toMatchObject({ state: 'rejected', says: 'bob said no: Not now.' });
    expect(await audited('CHG004')).toMatchObject([{ success: false, actor: { person: 'bob' } }]);
  });

  it('races with a yes: one of them stands', async () => {
    const { approve, change, desk, store } = await waiting('one');
    await Promise.allSettled([approve(change), reject(no(change.id, cem), desk)]);
    expect((await readChange(store.changes, change.id)).change.state).toBe('rejected');
  });

  it("of an account that is nobody's does not count", async () => {
    const { change, desk, audited } = await waiting('one');
    expect((await refusalOf(reject(no(change.id, person('eve', [], 'slack:eve')), desk))).code).toBe(
      'change.not-allowed',
    );
    expect(await audited('DNY002')).toHaveLength(1);
  });

  it('of who asked withdraws it', async () => {
    const { change, desk } = await waiting('one');
    expect(await cancel(no(change.id, ann), desk)).toMatchObject({
      state: 'cancelled',
      says: 'ann withdrew it: Not now.',
    });
  });

  it('comes too late when the change has ended, and nothing can be taken back that has not begun', async () => {
    const { change, desk, audited } = await waiting('one');
    expect((await refusalOf(takeBack(no(change.id), desk))).code).toBe('change.wrong-state');
    await cancel(no(change.id, ann), desk);
    expect((await refusalOf(cancel(no(change.id, ann), desk))).code).toBe('change.wrong-state');
    expect(await audited('DNY002')).toHaveLength(2);
  });
});

describe('time', () => {
  it('ends what nobody decided or began, and nothing else', async () => {
    const { propose, approve, desk, clock } = await changeScene({
      objects: [deployment(), deployment('api'), deployment('db')],
      decide: decisionOf('one'),
    });
    const first = await propose(resize);
    await approve(await propose([request('resize', 'api', { replicas: 3 })]));
    clock.pass(3_000_000);
    await propose([request('resize', 'db', { replicas: 3 })]);
    expect(await expireAll(desk)).toEqual([]);
    clock.pass(600_000);
    expect((await expireAll(desk)).map(({ id }) => id)).toEqual(['chg-000000000002', first.id]);
    expect(await expireAll(desk)).toEqual([]);
  });
});
