import { describe, expect, it } from 'vitest';
import type { MemoryStore } from '@autodevops/testkit/memory-store';
import { makeLinkCode, useLinkCode } from './link-code.ts';
import { actorOf, lastEntry, peopled, put, start } from './testing/linking-scene.ts';

const minute = 60_000;

async function codeOf(store: MemoryStore, account = 'local:ann', now = start): Promise<string> {
  return (await makeLinkCode(store, { actor: actorOf(account), now })).code;
}

function use(
  store: MemoryStore,
  code: string,
  account = 'slack:T1/U1',
  now = start + minute,
): ReturnType<typeof useLinkCode> {
  return useLinkCode(store, code, { actor: actorOf(account), now });
}

describe('a link code', () => {
  it("makes the account that says it its maker's, audited, and is kept nowhere", async () => {
    const store = await peopled();
    const code = await codeOf(store);
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/);
    expect(await use(store, code.toLowerCase().replace('-', ' '))).toEqual({
      id: 'ann',
      name: 'Ann',
      accounts: ['local:ann', 'slack:T1/U1'],
      roles: ['approver'],
    });
    expect(await lastEntry(store)).toMatchObject({
      code: 'PPL004',
      actor: { account: 'slack:T1/U1' },
      subject: 'ann',
      details: { account: 'slack:T1/U1' },
    });
    const kept = JSON.stringify([
      await store.settings.get('account-linking'),
      await store.audit.rows({ from: 1, limit: 100 }),
    ]);
    for (const form of [code, code.replace('-', '')]) expect(kept).not.toContain(form);
  });

  it('works once', async () => {
    const store = await peopled();
    const code = await codeOf(store);
    await use(store, code);
    await expect(use(store, code, 'slack:T1/U2')).rejects.toMatchObject({
      code: 'change.not-allowed',
      message: 'The code is not good: it is wrong, was used, or has ended.',
    });
    expect(await store.people.byAccount('slack:T1/U2')).toBeUndefined();
  });

  it('makes nobody a user of the cluster, and is not used up by that', async () => {
    const store = await peopled();
    const code = await codeOf(store);
    await expect(use(store, code, 'kubernetes:admin')).rejects.toMatchObject({
      code: 'change.not-allowed',
      message: expect.stringContaining('kubernetes:admin is a user of the cluster'),
    });
    expect(await use(store, code)).toMatchObject({ id: 'ann' });
  });

  it('links one of all who say it in the same moment, in whichever process', async () => {
    const store = await peopled();
    const code = await codeOf(store);
    const outcomes = await Promise.allSettled(
      ['U1', 'U2', 'U3'].map(async (user, at) => await use(at === 0 ? store : store.again(), code, `slack:T1/${user}`)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await store.people.byAccount('local:ann'))?.accounts).toHaveLength(2);
  });

  it("ends after ten minutes, and when its maker makes a newer one; another person's stays", async () => {
    const store = await peopled();
    const [old, bens] = [await codeOf(store), await codeOf(store, 'local:ben')];
    await expect(use(store, bens, 'slack:T1/U7', start + 10 * minute)).rejects.toThrow('has ended');
    const newer = await codeOf(store);
    await expect(use(store, old)).rejects.toThrow('The code is not good');
    expect((await use(store, newer)).id).toBe('ann');
  });

  it('of a person who is not linked any more is good for nothing', async () => {
    const store = await peopled();
    const code = await codeOf(store);
    await store.people.remove('ann', put);
    await expect(use(store, code)).rejects.toThrow('The code is not good');
  });

  it('is made by linked people only', async () => {
    const store = await peopled();
    await expect(codeOf(store, 'slack:T1/U9')).rejects.toMatchObject({
      code: 'change.not-allowed',
      message: 'Nobody is linked to slack:T1/U9, so there is nobody to link another account to.',
    });
  });

  it('takes no account from anybody, and is not used up by the attempt', async () => {
    const store = await peopled();
    const code = await codeOf(store);
    await expect(use(store, code, 'local:ben')).rejects.toThrow('local:ben is linked to Ben already.');
    expect((await use(store, code)).id).toBe('ann');
  });

  it('leaves alone what is decided about its maker meanwhile', async () => {
    const store = await peopled();
    const code = await codeOf(store);
    await Promise.all([
      use(store, code),
      store.people.put({ id: 'ann', name: 'Ann', accounts: ['local:ann'], roles: [] }, put),
    ]);
    expect(await store.people.byAccount('local:ann')).toMatchObject({ roles: [] });
  });
});

describe('whoever guesses', () => {
  it('has five tries in ten minutes, however many he makes at once, and the right code is not heard after them', async () => {
    const store = await peopled();
    const code = await codeOf(store);
    const outcomes = await Promise.allSettled(Array.from({ length: 9 }, async () => await use(store, 'AAAAA-AAAAA')));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    await Promise.allSettled(Array.from({ length: 5 }, async () => await use(store, 'AAAAA-AAAAA')));
    await expect(use(store, code)).rejects.toMatchObject({ code: 'agent.busy' });
    const refusals = (await store.audit.rows({ from: 1, limit: 100 })).filter(({ entry }) => entry.code === 'DNY001');
    expect(refusals).toHaveLength(5);
    const [again] = [await codeOf(store, 'local:ann', start + 11 * minute)];
    expect((await use(store, again, 'slack:T1/U1', start + 11.5 * minute)).id).toBe('ann');
  });

  it('holds up nobody else', async () => {
    const store = await peopled();
    const code = await codeOf(store);
    for (let at = 0; at < 5; at += 1) await use(store, `WRONG-0000${at}`, 'slack:T1/U6').catch(() => undefined);
    expect((await use(store, code)).id).toBe('ann');
  });
});

it('when its record cannot be understood, no code is made and none accepted', async () => {
  const store = await peopled();
  const code = await codeOf(store);
  await store.settings.put('account-linking', { codes: 'odd' }, []);
  await expect(use(store, code)).rejects.toMatchObject({ code: 'store.corrupt' });
  await expect(codeOf(store)).rejects.toMatchObject({ code: 'store.corrupt' });
});
