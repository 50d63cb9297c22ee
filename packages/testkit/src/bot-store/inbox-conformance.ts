import { describe, expect, it } from 'vitest';
import type { BotStore, ClaimedEvent } from '@autodevops/domain/ports/bot-store';
import type { WithBotStore } from './with-bot-store.ts';
import { aMoment, inbound, later, now, onlyOne } from './bot-store-conformance-samples.ts';

const mine = { holder: 'me', milliseconds: 60_000 };

function claim(
  store: BotStore,
  {
    holder = 'me',
    milliseconds = 60_000,
    limit = 100,
  }: { readonly holder?: string; readonly milliseconds?: number; readonly limit?: number } = {},
): Promise<readonly ClaimedEvent[]> {
  return store.inbox.claim({ holder, milliseconds, limit });
}

const claimedIds = async (store: BotStore, options: Parameters<typeof claim>[1] = {}): Promise<readonly string[]> =>
  (await claim(store, options)).map(({ id }) => id);

function acceptingConformance(withStore: WithBotStore): void {
  it(
    'accepts an event once, whether it is settled or not',
    withStore(async ({ store, again }) => {
      const other = await again();
      expect(await store.inbox.accept(inbound('A1/e'))).toBe(true);
      expect(await other.inbox.accept(inbound('A1/e', { payload: { text: 'another' } }))).toBe(false);
      expect(await onlyOne(claim(store))).toEqual({ ...inbound('A1/e'), attempt: 1 });
      await store.inbox.settle('A1/e', 'me');
      expect(await other.inbox.accept(inbound('A1/e'))).toBe(false);
      expect(await claim(store)).toEqual([]);
    }),
  );

  it(
    'accepts one of many copies that come at once',
    withStore(async ({ store, again }) => {
      const handles = [store, await again(), await again()];
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, n) => handles[n % 3]?.inbox.accept(inbound('A1/e', { payload: { n } }))),
      );
      expect(answers.filter((answer) => answer === true)).toHaveLength(1);
      const [event] = await claim(store);
      expect(event?.payload).toEqual({ n: answers.indexOf(true) });
    }),
  );

  it(
    'keeps every id for as long as it is told to, and forgets only what is settled',
    withStore(async ({ store }) => {
      for (const [id, receivedAt] of [
        ['old', '2026-01-01T00:00:00.000Z'],
        ['older', '2025-12-31T00:00:00.000Z'],
        ['new', now],
        ['waits', '2025-01-01T00:00:00.000Z'],
      ] as const) {
        await store.inbox.accept(inbound(id, { receivedAt }), mine);
      }
      for (const id of ['old', 'older', 'new']) await store.inbox.settle(id, 'me');
      expect(await store.inbox.prune('2026-01-01T06:00:00.000Z', 1)).toBe(1);
      expect(await store.inbox.prune('2026-01-01T06:00:00.000Z', 10)).toBe(1);
      expect(await store.inbox.prune('2026-01-01T06:00:00.000Z', 10)).toBe(0);
      expect(await Promise.all(['old', 'older', 'new', 'waits'].map((id) => store.inbox.accept(inbound(id))))).toEqual([
        true,
        true,
        false,
        false,
      ]);
    }),
  );
}

function holdingConformance(withStore: WithBotStore): void {
  it(
    'hands out the oldest first, and each to one holder at a time',
    withStore(async ({ store, again }) => {
      const other = await again();
      for (const id of ['a', 'b', 'c']) await store.inbox.accept(inbound(id));
      expect(await claimedIds(store, { limit: 2 })).toEqual(['a', 'b']);
      expect(await claimedIds(other, { holder: 'you' })).toEqual(['c']);
      expect(await claimedIds(other, { holder: 'you' })).toEqual([]);
    }),
  );

  it(
    'hands each to one of many who ask at once, and leaves none out',
    withStore(async ({ store, again }) => {
      const handles = [store, await again(), await again()];
      const ids = Array.from({ length: 40 }, (_, n) => `e-${n}`);
      for (const id of ids) await store.inbox.accept(inbound(id, { team: `T${id.length}` }));
      const taken = await Promise.all(
        Array.from({ length: 12 }, (_, n) => claimedIds(handles[n % 3] as BotStore, { holder: `h-${n}`, limit: 5 })),
      );
      const rest = await claimedIds(store);
      expect([...taken.flat(), ...rest].toSorted()).toEqual(ids.toSorted());
    }),
  );

  it(
    'accepts an event for who works on it at once, and hands it to nobody else',
    withStore(async ({ store, again }) => {
      const other = await again();
      expect(await store.inbox.accept(inbound('a'), mine)).toBe(true);
      expect(await other.inbox.accept(inbound('a'), { holder: 'you', milliseconds: 60_000 })).toBe(false);
      expect([await claim(store), await claim(other, { holder: 'you' })]).toEqual([[], []]);
      await store.inbox.defer('a', 'me', now, 'busy');
      expect(await onlyOne(claim(other, { holder: 'you' }))).toEqual({ ...inbound('a'), attempt: 2 });
    }),
  );

  it(
    'hands out what was accepted for somebody when that hold ran out',
    withStore(async ({ store }) => {
      await store.inbox.accept(inbound('a'), { holder: 'dead', milliseconds: 1 });
      await aMoment();
      expect(await claim(store)).toMatchObject([{ id: 'a', attempt: 2 }]);
    }),
  );

  it(
    'renews what its holder has, and nothing that he lost, settled or never had',
    withStore(async ({ store, again }) => {
      const other = await again();
      for (const id of ['kept', 'lost', 'settled']) {
        await store.inbox.accept(inbound(id), { holder: 'me', milliseconds: 1 });
      }
      await store.inbox.accept(inbound('free'));
      await store.inbox.settle('settled', 'me');
      await aMoment();
      await store.inbox.renew(['kept'], mine);
      expect(await claimedIds(other, { holder: 'you', milliseconds: 1 })).toEqual(['lost', 'free']);
      await aMoment();
      await store.inbox.renew(['kept', 'lost', 'settled', 'free', 'unknown'], mine);
      expect(await claimedIds(other, { holder: 'you' })).toEqual(['lost', 'free']);
      await store.inbox.renew([], mine);
      await store.inbox.renew(['lost'], { holder: '', milliseconds: 60_000 });
    }),
  );

  it(
    'hands it to the next when a hold ran out, and counts how often',
    withStore(async ({ store, again }) => {
      await store.inbox.accept(inbound('a'));
      await claim(store, { milliseconds: 1 });
      await aMoment();
      expect(await (await again()).inbox.claim({ holder: 'you', milliseconds: 60_000, limit: 1 })).toMatchObject([
        { id: 'a', attempt: 2 },
      ]);
      await store.inbox.settle('a', 'me');
      await store.inbox.defer('a', 'me', now, 'late');
      await store.inbox.giveUp('a', 'me', 'late');
      expect(await store.inbox.dead(10)).toEqual([]);
      expect(await claim(store)).toEqual([]);
      await store.inbox.giveUp('a', 'you', 'still his');
      expect(await store.inbox.dead(10)).toHaveLength(1);
    }),
  );

  it(
    'lets who was slow settle it as long as nobody else took it',
    withStore(async ({ store }) => {
      await store.inbox.accept(inbound('a'));
      await claim(store, { milliseconds: 1 });
      await aMoment();
      await store.inbox.settle('a', 'me');
      expect(await claim(store, { holder: 'you' })).toEqual([]);
    }),
  );

  it(
    'tries again what was deferred when its time has come, after what was not',
    withStore(async ({ store }) => {
      for (const id of ['past', 'future']) await store.inbox.accept(inbound(id), mine);
      await store.inbox.accept(inbound('fresh'));
      await store.inbox.defer('past', 'me', '2020-01-01T00:00:00.000Z', 'busy');
      await store.inbox.defer('future', 'me', '2999-01-01T00:00:00.000Z', 'busy');
      expect(await claimedIds(store)).toEqual(['fresh', 'past']);
    }),
  );

  it(
    'refuses a time that is none',
    withStore(async ({ store }) => {
      await expect(store.inbox.accept(inbound('a', { receivedAt: 'yesterday' }))).rejects.toMatchObject({
        code: 'internal',
      });
      await store.inbox.accept(inbound('b', { receivedAt: later }));
      await claim(store);
      await expect(store.inbox.defer('b', 'me', 'soon', 'busy')).rejects.toMatchObject({ code: 'internal' });
    }),
  );
}

function givingUpConformance(withStore: WithBotStore): void {
  it(
    'shows what was given up, the newest first, without what was in it',
    withStore(async ({ store }) => {
      for (const id of ['a', 'b', 'c']) await store.inbox.accept(inbound(id));
      await claim(store);
      await store.inbox.giveUp('b', 'me', 'no such handler');
      await store.inbox.giveUp('a', 'me', 'six times');
      const { payload: _, ...a } = inbound('a');
      expect(await store.inbox.dead(1)).toEqual([{ ...a, why: 'six times', attempts: 1 }]);
      expect((await store.inbox.dead(10)).map(({ id }) => id)).toEqual(['a', 'b']);
      expect(await store.inbox.prune('2999-01-01T00:00:00.000Z', 10)).toBe(0);
    }),
  );

  it(
    'tries again what was given up, whole, when somebody wants that',
    withStore(async ({ store }) => {
      await store.inbox.accept(inbound('a'));
      await claim(store);
      await store.inbox.giveUp('a', 'me', 'six times');
      expect([
        await store.inbox.revive('a'),
        await store.inbox.revive('a'),
        await store.inbox.revive('unknown'),
      ]).toEqual([true, false, false]);
      expect(await claim(store)).toEqual([{ ...inbound('a'), attempt: 1 }]);
      expect(await store.inbox.dead(10)).toEqual([]);
    }),
  );
}

function droppingConformance(withStore: WithBotStore): void {
  it(
    'forgets what was given up when nobody wants it any more, but never that it was there',
    withStore(async ({ store }) => {
      await store.inbox.accept(inbound('a'));
      expect(await store.inbox.drop('a')).toBe(false);
      await claim(store);
      await store.inbox.giveUp('a', 'me', 'six times');
      expect([await store.inbox.drop('a'), await store.inbox.drop('a'), await store.inbox.drop('unknown')]).toEqual([
        true,
        false,
        false,
      ]);
      expect([
        await store.inbox.dead(10),
        await store.inbox.revive('a'),
        await claim(store),
        await store.inbox.accept(inbound('a')),
      ]).toEqual([[], false, [], false]);
    }),
  );
}

export function inboxConformance(withStore: WithBotStore): void {
  describe('its inbox', () => {
    acceptingConformance(withStore);
    holdingConformance(withStore);
    givingUpConformance(withStore);
    droppingConformance(withStore);
  });
}
