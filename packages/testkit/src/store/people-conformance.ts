import { describe, expect, it } from 'vitest';
import type { WithStore } from './with-store.ts';
import { auditEntry, oddTexts } from './store-conformance-samples.ts';

const ann = { id: 'ann', name: 'Ann', accounts: ['local:ann', 'slack:T1/U1'], roles: ['operator'] };
const bob = { id: 'bob', name: 'Bob', accounts: ['local:bob'], roles: [] };
const linked = auditEntry('ann', { code: 'PPL001' });

export function peopleConformance(withStore: WithStore): void {
  describe('its people', () => {
    it(
      'are found by each of their accounts',
      withStore(async ({ store }) => {
        await store.people.put(bob, linked);
        await store.people.put(ann, linked);
        expect(await store.people.list()).toEqual([ann, bob]);
        expect(await store.people.byAccount('slack:T1/U1')).toEqual(ann);
        expect(await store.people.byAccount('slack:T1/U2')).toBeUndefined();
        expect((await store.audit.head()).sequence).toBe(2);
      }),
    );

    it(
      'are replaced with their accounts',
      withStore(async ({ store }) => {
        await store.people.put(ann, linked);
        await store.people.put({ ...ann, accounts: ['local:ann'], roles: ['lead'] }, linked);
        expect(await store.people.byAccount('slack:T1/U1')).toBeUndefined();
        expect(await store.people.byAccount('local:ann')).toMatchObject({ roles: ['lead'] });
        expect(await store.people.list()).toHaveLength(1);
      }),
    );

    it(
      'never share an account: nothing of such a person is written',
      withStore(async ({ store }) => {
        await store.people.put(ann, linked);
        await expect(store.people.put({ ...bob, accounts: ['local:bob', 'local:ann'] }, linked)).rejects.toMatchObject({
          code: 'store.conflict',
        });
        expect(await store.people.list()).toEqual([ann]);
        expect(await store.people.byAccount('local:bob')).toBeUndefined();
        expect((await store.audit.head()).sequence).toBe(1);
      }),
    );

    it(
      'leave with their accounts',
      withStore(async ({ store }) => {
        await store.people.put(ann, linked);
        await store.people.remove('ann', auditEntry('ann', { code: 'PPL002' }));
        expect(await store.people.list()).toEqual([]);
        expect(await store.people.byAccount('local:ann')).toBeUndefined();
        await store.people.put({ ...bob, accounts: ['local:ann'] }, linked);
        expect((await store.audit.rows({ from: 1, limit: 10 })).map(({ entry }) => entry.code)).toEqual([
          'PPL001',
          'PPL002',
          'PPL001',
        ]);
      }),
    );

    it(
      'get one account more, and lose one, without touching what else is known of them',
      withStore(async ({ store }) => {
        await store.people.put(ann, linked);
        expect(await store.people.link('ann', 'slack:T1/U9', linked)).toEqual({
          ...ann,
          accounts: [...ann.accounts, 'slack:T1/U9'],
        });
        expect(await store.people.link('ann', 'slack:T1/U9', linked)).toMatchObject({
          accounts: [...ann.accounts, 'slack:T1/U9'],
        });
        expect(await store.people.unlink('ann', 'slack:T1/U1', linked)).toEqual({
          ...ann,
          accounts: ['local:ann', 'slack:T1/U9'],
        });
        expect(await store.people.byAccount('slack:T1/U1')).toBeUndefined();
        expect(await store.people.byAccount('slack:T1/U9')).toMatchObject({ id: 'ann', roles: ['operator'] });
        expect((await store.audit.head()).sequence).toBe(4);
      }),
    );

    it(
      'get no account of somebody else, and nobody is made by it',
      withStore(async ({ store }) => {
        await store.people.put(ann, linked);
        await store.people.put(bob, linked);
        await expect(store.people.link('bob', 'local:ann', linked)).rejects.toMatchObject({ code: 'store.conflict' });
        expect(await store.people.link('eve', 'local:eve', linked)).toBeUndefined();
        expect(await store.people.unlink('bob', 'local:ann', linked)).toBeUndefined();
        expect(await store.people.unlink('eve', 'local:eve', linked)).toBeUndefined();
        expect(await store.people.list()).toEqual([ann, bob]);
        expect((await store.audit.head()).sequence).toBe(2);
      }),
    );

    it(
      'are given one account by one of several at the same moment',
      withStore(async ({ store }) => {
        await store.people.put(ann, linked);
        await store.people.put(bob, linked);
        const outcomes = await Promise.allSettled([
          store.people.link('ann', 'slack:T1/U9', linked),
          store.people.link('bob', 'slack:T1/U9', linked),
          store.people.link('ann', 'slack:T1/U8', linked),
        ]);
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
        const owners = (await store.people.list()).filter(({ accounts }) => accounts.includes('slack:T1/U9'));
        expect(owners).toHaveLength(1);
        expect((await store.people.byAccount('slack:T1/U8'))?.id).toBe('ann');
      }),
    );

    it(
      'may have any name and account',
      withStore(async ({ store }) => {
        for (const text of oddTexts.filter((t) => t !== '')) {
          await store.people.put({ id: text, name: text, accounts: [text, text], roles: [text] }, linked);
          expect(await store.people.byAccount(text)).toEqual({
            id: text,
            name: text,
            accounts: [text, text],
            roles: [text],
          });
        }
      }),
    );
  });
}
