import { describe, expect, it } from 'vitest';
import type { KeptChannel } from '@autodevops/domain/ports/bot-store';
import type { WithBotStore } from './with-bot-store.ts';
import { claimed, code, inbound, installation, wanted } from './bot-store-conformance-samples.ts';

const channel = (changes: Partial<KeptChannel> = {}): KeptChannel => ({
  app: 'A1',
  team: 'T1',
  channel: 'C1',
  customer: 'acme',
  use: 'incidents',
  isSuspended: false,
  why: '',
  ...changes,
});

function keepingConformance(withStore: WithBotStore): void {
  it(
    'finds the installation of a workspace, or else that of its organisation',
    withStore(async ({ store, again }) => {
      const workspace = await store.installations.put(installation({ enterprise: 'E1' }));
      const organisation = await store.installations.put(
        installation({ team: '', enterprise: 'E1', sealed: 'of all' }),
      );
      const other = await again();
      expect(await other.installations.find('A1', 'T1', 'E1')).toEqual(workspace);
      expect(await other.installations.find('A1', 'T1', '')).toEqual(workspace);
      expect(await other.installations.find('A1', 'T2', 'E1')).toEqual(organisation);
      expect(await other.installations.find('A1', '', 'E1')).toEqual(organisation);
      for (const [app, team, enterprise] of [
        ['A2', 'T1', 'E1'],
        ['A1', 'T2', ''],
        ['A1', 'T2', 'E2'],
        ['A1', '', ''],
      ] as const) {
        expect(await other.installations.find(app, team, enterprise)).toBeUndefined();
      }
      expect(await other.installations.list()).toEqual(expect.arrayContaining([workspace, organisation]));
      expect(await other.installations.list()).toHaveLength(2);
    }),
  );

  it(
    'refuses one that is nowhere',
    withStore(async ({ store }) => {
      await expect(store.installations.put(installation({ team: '', enterprise: '' }))).rejects.toEqual(code('usage'));
      expect(await store.installations.list()).toEqual([]);
    }),
  );

  it(
    'replaces one only while it is as it was read, where that is asked for',
    withStore(async ({ store }) => {
      const first = await store.installations.put(installation());
      const second = await store.installations.put(installation({ sealed: 'refreshed' }), first.version);
      expect(second.version).toBeGreaterThan(first.version);
      await expect(store.installations.put(installation({ sealed: 'late' }), first.version)).rejects.toEqual(
        code('store.conflict'),
      );
      await expect(store.installations.put(installation({ team: 'T2' }), 1)).rejects.toEqual(code('store.conflict'));
      expect(await store.installations.find('A1', 'T1', '')).toEqual({
        ...installation({ sealed: 'refreshed' }),
        version: second.version,
      });
      expect((await store.installations.put(installation({ sealed: 'installed again' }))).version).toBeGreaterThan(
        second.version,
      );
    }),
  );

  it(
    'lets one of many refresh it at once',
    withStore(async ({ store, again }) => {
      const handles = [store, await again(), await again()];
      const { version } = await store.installations.put(installation());
      const refreshed = await Promise.allSettled(
        Array.from({ length: 9 }, (_, n) =>
          handles[n % 3]?.installations.put(installation({ sealed: `by ${n}` }), version),
        ),
      );
      expect(refreshed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of refreshed) {
        if (outcome.status === 'rejected') expect(outcome.reason).toEqual(code('store.conflict'));
      }
      expect((await store.installations.find('A1', 'T1', ''))?.sealed).toBe(
        `by ${refreshed.findIndex(({ status }) => status === 'fulfilled')}`,
      );
    }),
  );

  it(
    'never takes one for that which was there before it was removed',
    withStore(async ({ store }) => {
      const old = await store.installations.put(installation());
      await store.installations.remove('A1', 'T1', '');
      const fresh = await store.installations.put(installation({ customer: 'other' }));
      expect(fresh.version).toBeGreaterThan(old.version);
      await expect(
        store.installations.put(installation({ customer: 'other', sealed: 'late' }), old.version),
      ).rejects.toEqual(code('store.conflict'));
    }),
  );

  it(
    'gives none to another customer',
    withStore(async ({ store }) => {
      const { version } = await store.installations.put(installation());
      await expect(store.installations.put(installation({ customer: 'other' }))).rejects.toEqual(
        code('store.conflict'),
      );
      await expect(store.installations.put(installation({ customer: 'other' }), version)).rejects.toEqual(
        code('store.conflict'),
      );
      expect(await store.installations.find('A1', 'T1', '')).toMatchObject({ customer: 'acme', version });
    }),
  );
}

function removalConformance(withStore: WithBotStore): void {
  it(
    'takes along with one what is known of its workspace, and nothing else',
    withStore(async ({ store }) => {
      await store.installations.put(installation());
      await store.installations.put(installation({ team: 'T2' }));
      await store.installations.put(installation({ app: 'A2', customer: 'other' }));
      for (const place of [{}, { team: 'T2' }, { app: 'A2', customer: 'other' }]) {
        await store.channels.put(channel(place));
      }
      await store.messages.want([
        wanted('gone', 'x'),
        wanted('stays', 'x', { place: { team: 'T2' } }),
        wanted('theirs', 'x', { customer: 'other', place: { app: 'A2' } }),
      ]);
      for (const customer of ['acme', 'other']) await store.notes.swap(customer, 'cursor', undefined, 7);
      await store.installations.remove('A1', 'T1', '');
      expect(await store.installations.find('A1', 'T1', '')).toBeUndefined();
      expect([await store.channels.find('A1', 'T1', 'C1'), await store.messages.byKey('gone')]).toEqual([
        undefined,
        undefined,
      ]);
      expect([await store.channels.find('A1', 'T2', 'C1'), await store.channels.find('A2', 'T1', 'C1')]).not.toContain(
        undefined,
      );
      expect([await store.messages.byKey('stays'), await store.messages.byKey('theirs')]).not.toContain(undefined);
      expect([await store.notes.get('acme', 'cursor'), await store.notes.get('other', 'cursor')]).toEqual([7, 7]);
      await store.installations.remove('A1', 'T2', '');
      expect([await store.notes.get('acme', 'cursor'), await store.notes.get('other', 'cursor')]).toEqual([
        undefined,
        7,
      ]);
      await store.installations.remove('A1', 'T2', '');
    }),
  );

  it(
    'takes along with that of an organisation what no other covers',
    withStore(async ({ store }) => {
      await store.installations.put(installation({ team: '', enterprise: 'E1' }));
      await store.installations.put(installation({ enterprise: 'E1' }));
      await store.messages.want([wanted('covered', 'x'), wanted('gone', 'x', { place: { team: 'T2' } })]);
      for (const team of ['T1', 'T2']) await store.channels.put(channel({ team }));
      await store.installations.remove('A1', '', 'E1');
      expect([await store.messages.byKey('covered'), await store.channels.find('A1', 'T1', 'C1')]).not.toContain(
        undefined,
      );
      expect([await store.messages.byKey('gone'), await store.channels.find('A1', 'T2', 'C1')]).toEqual([
        undefined,
        undefined,
      ]);
      expect(await store.installations.find('A1', 'T1', 'E1')).toMatchObject({ team: 'T1' });
    }),
  );

  it(
    'lets what was under way end in nothing',
    withStore(async ({ store }) => {
      await store.installations.put(installation());
      await store.messages.want([wanted('a', 'one')]);
      await claimed(store);
      await store.installations.remove('A1', 'T1', '');
      await store.messages.delivered('a', 'me', { digest: 'sha256:one', ts: '1.1' });
      expect([await store.messages.byKey('a'), await store.messages.backlog()]).toEqual([undefined, []]);
    }),
  );

  it(
    'keeps no event of it that was given up, and lets none come again',
    withStore(async ({ store }) => {
      await store.installations.put(installation());
      for (const [id, team] of [
        ['gone', 'T1'],
        ['stays', 'T2'],
      ] as const) {
        await store.inbox.accept(inbound(id, { team }), { holder: 'me', milliseconds: 60_000 });
        await store.inbox.giveUp(id, 'me', 'six times');
      }
      await store.installations.remove('A1', 'T1', '');
      expect((await store.inbox.dead(10)).map(({ id }) => id)).toEqual(['stays']);
      expect([await store.inbox.revive('gone'), await store.inbox.accept(inbound('gone'))]).toEqual([false, false]);
    }),
  );
}

export function installationsConformance(withStore: WithBotStore): void {
  describe('its installations', () => {
    keepingConformance(withStore);
    removalConformance(withStore);
  });

  describe('its channels', () => {
    it(
      'are put, replaced, found and removed',
      withStore(async ({ store, again }) => {
        await store.channels.put(channel());
        await store.channels.put(channel({ isSuspended: true, why: 'shared with another company', use: 'talk' }));
        const other = await again();
        expect(await other.channels.find('A1', 'T1', 'C1')).toEqual(
          channel({ isSuspended: true, why: 'shared with another company', use: 'talk' }),
        );
        for (const [app, team, id] of [
          ['A2', 'T1', 'C1'],
          ['A1', 'T2', 'C1'],
          ['A1', 'T1', 'C2'],
        ] as const) {
          expect(await other.channels.find(app, team, id)).toBeUndefined();
        }
        await other.channels.remove('A1', 'T1', 'C1');
        await other.channels.remove('A1', 'T1', 'C1');
        expect(await store.channels.find('A1', 'T1', 'C1')).toBeUndefined();
      }),
    );

    it(
      'are listed for their customer alone',
      withStore(async ({ store }) => {
        for (const [id, customer] of [
          ['C2', 'acme'],
          ['C1', 'acme'],
          ['C3', 'other'],
        ] as const) {
          await store.channels.put(channel({ channel: id, customer }));
        }
        expect((await store.channels.ofCustomer('acme')).map((one) => one.channel)).toEqual(['C1', 'C2']);
        expect(await store.channels.ofCustomer('acm')).toEqual([]);
      }),
    );
  });
}
