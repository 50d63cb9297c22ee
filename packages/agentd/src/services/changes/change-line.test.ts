import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { Change } from '@autodevops/domain/change/change';
import type { Tier } from '@autodevops/domain/change/decision';
import type { Person } from '@autodevops/domain/change/person';
import type { Store } from '@autodevops/domain/ports/store';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { changeLines } from './change-line.ts';
import type { ChangeLine } from './change-line.ts';

const time = '2026-01-07T12:00:00Z';
const rules = { mode: 'cloud', ownYes: false } as const;

function actor(name: string, given: Partial<Actor> = {}): Actor {
  return {
    kind: 'person',
    account: `http:${name}`,
    person: name,
    name,
    roles: ['approver'],
    surface: 'http',
    ...given,
  };
}

const [ann, ben] = [actor('ann'), actor('ben')];

function waiting(tier: Tier, requester: Actor, given: Partial<Change> = {}): Change {
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u1' };
  const operation = {
    verb: 'patch',
    target: { ...web, resourceVersion: '7' },
    subresource: '',
    steps: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
  };
  return Change.parse({
    id: 'chg-a1b2c3d4e5f6',
    state: 'waiting',
    says: 'Waits.',
    requester,
    reason: { text: 'It helps.' },
    digest: 'of-it',
    approvals: [],
    steps: [],
    createdAt: time,
    expiresAt: time,
    updatedAt: time,
    sequence: 2,
    plan: {
      actions: [
        {
          request: { action: 'scale', target: web, params: {} },
          risk: 'low',
          sentences: { will: 'Scale web to 3.', doing: 'Scaling.', done: 'Scaled.' },
          operations: [operation],
          undo: { operations: [operation], why: 'Scales back.' },
          patience: 60,
        },
      ],
      diff: [],
      facts: {
        capturedAt: time,
        blastRadius: { objects: 1, services: [], namespaces: ['shop'], shareOfReadyEndpoints: 0 },
        reversible: true,
        notes: [],
      },
    },
    decision: { tier, voices: [{ rule: 'default', tier, why: 'It says so.' }], roles: [], policyVersion: 'policy-1' },
    ...given,
  });
}

/** A store in which these are linked. */
async function storeWith(...people: readonly Person[]): Promise<Store> {
  const store = createMemoryStore();
  for (const person of people) {
    await store.people.put(person, {
      code: 'PPL001',
      time,
      actor: ann,
      onBehalfOf: '',
      subject: person.id,
      success: true,
      says: 'Linked.',
      details: {},
    });
  }
  return store;
}

async function lineFor(
  caller: Actor,
  change: Change,
  choice: { readonly mode: 'local' | 'cloud'; readonly ownYes: boolean } = rules,
): Promise<Pick<ChangeLine, 'yours' | 'awaitsYou' | 'askedBy'>> {
  const { people } = await storeWith(
    ...['ann', 'ben'].map((id) => ({ id, name: id, accounts: [`http:${id}`], roles: ['approver'] })),
  );
  const [line] = await changeLines([change], caller, { people, rules: choice });
  const { yours, awaitsYou, askedBy } = line ?? expect.fail('the change has a line');
  return { yours, awaitsYou, askedBy };
}

/** Whom a list of these looks up, in what order. */
async function lookedUp(caller: Actor, changes: readonly Change[]): Promise<readonly string[]> {
  const asked: string[] = [];
  const byAccount = async (account: string): Promise<undefined> => void asked.push(account);
  await changeLines(changes, caller, { people: { byAccount }, rules });
  return asked;
}

describe('a change that waits', () => {
  it('awaits whoever may give the yes, and is of who asked for it', async () => {
    expect(await lineFor(ben, waiting('one', ann))).toEqual({ yours: false, awaitsYou: true, askedBy: 'ann' });
    expect(await lineFor(ann, waiting('one', ann))).toEqual({ yours: true, awaitsYou: false, askedBy: 'ann' });
  });

  it('is of its person on another surface, too', async () => {
    expect(await lineFor(ann, waiting('one', actor('ann', { account: 'slack:T1/U2' })))).toMatchObject({ yours: true });
  });

  it('awaits who asked for it where one is alone, and no second person has to agree', async () => {
    const alone = { mode: 'local', ownYes: true } as const;
    const local = actor('local', { account: 'local:carl', person: '' });
    expect(await lineFor(local, waiting('one', local), alone)).toMatchObject({ yours: true, awaitsYou: true });
    expect(await lineFor(local, waiting('two', local), alone)).toMatchObject({ yours: true, awaitsYou: false });
  });

  it('does not await who has agreed, who may not decide, and whom nobody has linked', async () => {
    const agreed = waiting('two', actor('scarlet', { kind: 'agent', account: 'agent:scarlet', person: '' }), {
      approvals: [{ actor: ben, digest: 'of-it', time }],
    });
    expect(await lineFor(ben, agreed)).toMatchObject({ awaitsYou: false });
    expect(await lineFor(ann, agreed)).toMatchObject({ awaitsYou: true });
    expect(await lineFor({ ...ben, roles: ['viewer'] }, waiting('one', ann))).toMatchObject({ awaitsYou: false });
    expect(await lineFor(actor('nobody', { person: '' }), waiting('one', ann))).toMatchObject({ awaitsYou: false });
  });

  it('awaits whoever has a role that is asked for, and nobody else', async () => {
    const change = waiting('one', ann);
    const decision = change.decision ?? expect.fail('it was judged');
    const asking = (...roles: string[]): Change => ({ ...change, decision: { ...decision, roles } });
    expect(await lineFor(ben, asking('dba'))).toMatchObject({ awaitsYou: false });
    expect(await lineFor(ben, asking('dba', 'approver'))).toMatchObject({ awaitsYou: true });
  });

  it('awaits nobody once it is decided', async () => {
    expect(await lineFor(ben, waiting('one', ann, { state: 'approved' }))).toMatchObject({ awaitsYou: false });
  });
});

describe('a list of changes', () => {
  it('looks up each person once, however many changes wait', async () => {
    expect(await lookedUp(ben, [waiting('one', ann), waiting('two', ann), waiting('one', ben)])).toEqual([
      'http:ben',
      'http:ann',
    ]);
  });

  it('looks up nobody where none of it waits', async () => {
    expect(await lookedUp(ben, [waiting('one', ann, { state: 'succeeded' })])).toEqual([]);
  });
});
