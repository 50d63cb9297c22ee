import { describe, expect, it } from 'vitest';
import type { MemoryStore } from '@autodevops/testkit/memory-store';
import { closeAccounts } from './closed-accounts.ts';
import { linkByEmail } from './link-email.ts';
import { removeAccount } from './remove-account.ts';
import { actorOf, lastEntry, peopled, put, start } from './testing/linking-scene.ts';

const address = 'ann@acme.example';

/** Ann with addresses that an administrator gave her. */
async function withAddresses(...addresses: readonly string[]): Promise<MemoryStore> {
  const store = await peopled();
  for (const one of addresses) await store.people.link('ann', `email:${one}`, put);
  return store;
}

function link(
  store: MemoryStore,
  vouched: string | undefined,
  account = 'slack:T1/U1',
): ReturnType<typeof linkByEmail> {
  return linkByEmail(store, vouched, { actor: actorOf(account), now: start });
}

describe('an e-mail address that a surface vouches for', () => {
  it('makes the account that of the person who has it, with the roles that the person has, audited', async () => {
    const store = await withAddresses(address);
    expect(await link(store, address)).toMatchObject({
      id: 'ann',
      accounts: ['local:ann', 'email:ann@acme.example', 'slack:T1/U1'],
      roles: ['approver'],
    });
    expect(await lastEntry(store)).toMatchObject({
      code: 'PPL006',
      actor: { account: 'slack:T1/U1' },
      subject: 'ann',
      says: 'slack:T1/U1 was linked to Ann by the address ann@acme.example, for which slack vouches.',
      details: { account: 'slack:T1/U1', email: address },
    });
  });

  it('makes two accounts one person', async () => {
    const store = await withAddresses(address);
    await link(store, address);
    await link(store, address, 'slack:T2/U7');
    expect((await store.people.byAccount('slack:T2/U7'))?.id).toBe('ann');
    expect((await store.people.byAccount('slack:T1/U1'))?.id).toBe('ann');
  });

  it('is that of the person in whatever case its domain was written down', async () => {
    expect((await link(await withAddresses('ann@Acme.Example'), address)).id).toBe('ann');
  });

  it('asked for again gives the same, and writes nothing', async () => {
    const store = await withAddresses(address);
    await link(store, address);
    const head = await store.audit.head();
    expect((await link(store, address)).id).toBe('ann');
    expect(await store.audit.head()).toEqual(head);
  });
});

describe('nobody is linked', () => {
  it.each([
    ['without an address', undefined],
    ['by one that nobody has', 'eve@acme.example'],
    ['by one with a tag', 'ann+eve@acme.example'],
    ['by one in other case', 'Ann@acme.example'],
  ])('%s', async (_how, vouched) => {
    const store = await withAddresses(address);
    await expect(link(store, vouched)).rejects.toMatchObject({
      code: 'change.not-allowed',
    });
    expect(await store.people.byAccount('slack:T1/U1')).toBeUndefined();
  });

  it('by one that two people have, however it was written down', async () => {
    const store = await withAddresses(address);
    await store.people.link('ben', 'email:ann@ACME.example', put);
    await expect(link(store, address)).rejects.toThrow('the address of more than one person');
  });

  it.each(['email:ann+ben@acme.example', 'email:Ann@acme.example', 'email:\u0430nn@acme.example'])(
    'by one that looks like %s, which is somebody else',
    async (account) => {
      const store = await withAddresses(address);
      await store.people.link('ben', account, put);
      await expect(link(store, address)).rejects.toThrow('which is linked to Ben');
    },
  );

  it("with an account that is somebody else's, or a user of the cluster", async () => {
    const store = await withAddresses(address);
    await expect(link(store, address, 'local:ben')).rejects.toThrow('local:ben is linked to Ben already.');
    await expect(link(store, address, 'kubernetes:admin')).rejects.toThrow('is a user of the cluster');
  });

  it('with an account that an administrator took away; its person may give it up and link it again', async () => {
    const store = await withAddresses(address);
    await link(store, address);
    await removeAccount(store, 'slack:T1/U1', { actor: actorOf('slack:T1/U1'), now: start, mayAdminister: false });
    expect((await link(store, address)).id).toBe('ann');
    await removeAccount(store, 'slack:T1/U1', { actor: actorOf('local:root'), now: start, mayAdminister: true });
    await expect(link(store, address)).rejects.toThrow('was unlinked by an administrator');
  });

  it('any more when the address is taken from the person', async () => {
    const store = await withAddresses(address);
    await store.people.unlink('ann', `email:${address}`, put);
    await expect(link(store, address)).rejects.toThrow('Nobody here has ann@acme.example.');
  });

  it('with more accounts than one person may have', async () => {
    const store = await withAddresses(address);
    for (let at = 0; at < 18; at += 1) await store.people.link('ann', `slack:T1/X${at}`, put);
    await expect(link(store, address)).rejects.toThrow('Ann has 20 accounts already.');
  });

  it('where so many accounts were taken away that not every one could be remembered', async () => {
    const store = await withAddresses(address);
    await closeAccounts(
      store.settings,
      Array.from({ length: 6000 }, (_, at) => `slack:T1/Z${at}`),
    );
    await expect(link(store, address)).rejects.toThrow('so many accounts');
  });

  it('where what was taken away cannot be understood', async () => {
    const store = await withAddresses(address);
    await store.settings.put('accounts-closed-to-email', { odd: true }, []);
    await expect(link(store, address)).rejects.toMatchObject({ code: 'store.corrupt' });
  });
});
