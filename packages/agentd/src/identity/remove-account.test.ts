import { describe, expect, it } from 'vitest';
import { refuseClosed } from './closed-accounts.ts';
import { removeAccount } from './remove-account.ts';
import { actorOf, lastEntry, peopled, put, start } from './testing/linking-scene.ts';

const account = 'slack:T1/U1';

async function linked(): Promise<Awaited<ReturnType<typeof peopled>>> {
  const store = await peopled();
  await store.people.link('ann', account, { ...put, code: 'PPL004' });
  return store;
}

function remove(
  store: Awaited<ReturnType<typeof peopled>>,
  by: string,
  mayAdminister: boolean,
): ReturnType<typeof removeAccount> {
  return removeAccount(store, account, { actor: actorOf(by), now: start, mayAdminister });
}

describe('an account', () => {
  it('is taken away by its own person and by an administrator, audited, and by nobody else', async () => {
    const store = await linked();
    await expect(remove(store, 'local:ben', false)).rejects.toMatchObject({ code: 'change.not-allowed' });
    await expect(remove(store, 'slack:T9/U9', false)).rejects.toMatchObject({ code: 'change.not-allowed' });
    expect(await remove(store, 'local:ann', false)).toMatchObject({ id: 'ann', accounts: ['local:ann'] });
    expect(await lastEntry(store)).toMatchObject({
      code: 'PPL005',
      subject: 'ann',
      says: 'local:ann unlinked slack:T1/U1 from Ann.',
    });
    await expect(remove(store, 'local:root', true)).rejects.toMatchObject({ code: 'object.not-found' });
  });

  it('that an administrator took away is closed to e-mail addresses; one that its person gave up is not', async () => {
    const [given, taken] = [await linked(), await linked()];
    await remove(given, account, false);
    await remove(taken, 'local:root', true);
    await expect(refuseClosed(given.settings, account)).resolves.toBeUndefined();
    await expect(refuseClosed(taken.settings, account)).rejects.toThrow('was unlinked by an administrator');
  });

  it('stays where what was taken away before cannot be understood', async () => {
    const store = await linked();
    await store.settings.put('accounts-closed-to-email', 'odd', []);
    await expect(remove(store, 'local:root', true)).rejects.toMatchObject({ code: 'store.corrupt' });
    expect((await store.people.byAccount(account))?.id).toBe('ann');
  });
});
