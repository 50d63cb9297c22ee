import { describe, expect, it } from 'vitest';
import type { WithBotStore } from './with-bot-store.ts';
import {
  aMoment,
  claimed,
  claimedKeys,
  code,
  deliver,
  deliverOnce,
  inbound,
  now,
  onlyOne,
  wanted,
} from './bot-store-conformance-samples.ts';

function contentsConformance(withStore: WithBotStore): void {
  it(
    'keeps a message as it was wanted',
    withStore(async ({ store, again }) => {
      const message = wanted('incident/1/root', 'hello', { place: { parent: 'incident/0/root', threadTs: '1.2' } });
      await store.messages.want([message]);
      const kept = await (await again()).messages.byKey('incident/1/root');
      expect(kept).toEqual({
        ...message,
        sequence: expect.any(Number),
        deliveredDigest: '',
        ts: '',
        attempts: 0,
        isUncertain: false,
        firstWantedAt: expect.any(String),
      });
      expect(Math.abs(Date.parse(kept?.firstWantedAt ?? '') - Date.now())).toBeLessThan(60_000);
      expect(await store.messages.byKey('incident/2/root')).toBeUndefined();
    }),
  );

  it(
    'takes the same digest again for nothing',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await store.messages.want([{ ...wanted('a', 'one'), content: { text: 'not looked at' } }]);
      const [message] = await claimed(store);
      expect(message?.content).toEqual({ text: 'one' });
      await deliverOnce(store);
      await store.messages.delivered('a', 'me', { digest: 'sha256:one', ts: '1.1' });
      await store.messages.want([wanted('a', 'one')]);
      expect(await claimed(store)).toEqual([]);
    }),
  );

  it(
    'delivers only the newest of several contents',
    withStore(async ({ store }) => {
      for (const text of ['one', 'two', 'three']) await store.messages.want([wanted('a', text)]);
      expect(await claimed(store)).toMatchObject([{ key: 'a', content: { text: 'three' }, digest: 'sha256:three' }]);
      expect(await store.messages.backlog()).toMatchObject([{ count: 1 }]);
    }),
  );

  it(
    'takes the last of several contents that are wanted at once',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one'), wanted('b', 'x'), wanted('a', 'two')]);
      expect((await claimed(store)).map(({ content }) => content)).toEqual([{ text: 'two' }]);
    }),
  );

  it(
    'delivers nothing when Slack has what is wanted in the end',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await deliverOnce(store);
      await store.messages.want([wanted('a', 'two')]);
      await store.messages.want([wanted('a', 'one')]);
      expect(await claimed(store)).toEqual([]);
      expect(await store.messages.backlog()).toEqual([]);
    }),
  );

  it(
    'delivers again what Slack had before somebody began to change it',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await deliverOnce(store);
      await store.messages.want([wanted('a', 'two')]);
      const changing = await onlyOne(claimed(store));
      await store.messages.want([wanted('a', 'one')]);
      await deliver(store, changing);
      expect(await claimed(store)).toMatchObject([{ content: { text: 'one' }, deliveredDigest: 'sha256:two' }]);
    }),
  );

  it(
    'leaves a message in its place and its lane',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await store.messages.want([wanted('a', 'two', { lane: 'stream', place: { channel: 'C2' } })]);
      expect(await store.messages.byKey('a')).toMatchObject({
        lane: 'incident',
        place: { channel: 'C1' },
        digest: 'sha256:two',
      });
    }),
  );
}

function wholeConformance(withStore: WithBotStore): void {
  it(
    'refuses the key of another customer, and all that was wanted with it',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await expect(
        store.messages.want([wanted('b', 'one', { customer: 'other' }), wanted('a', 'two', { customer: 'other' })]),
      ).rejects.toEqual(code('store.conflict'));
      await expect(
        store.messages.want([wanted('c', 'one', { customer: 'other' }), wanted('c', 'two')]),
      ).rejects.toEqual(code('store.conflict'));
      expect([await store.messages.byKey('b'), await store.messages.byKey('c')]).toEqual([undefined, undefined]);
      expect(await store.messages.byKey('a')).toMatchObject({ customer: 'acme', digest: 'sha256:one' });
    }),
  );

  it(
    'settles an event with the messages that came of it',
    withStore(async ({ store, again }) => {
      await store.inbox.accept(inbound('e'));
      await store.inbox.claim({ holder: 'me', milliseconds: 60_000, limit: 1 });
      await store.messages.want([wanted('a', 'one')], { id: 'e', holder: 'me' });
      // The answer may get lost: asking again is nothing.
      await store.messages.want([wanted('a', 'one')], { id: 'e', holder: 'me' });
      expect(await (await again()).inbox.claim({ holder: 'you', milliseconds: 1, limit: 1 })).toEqual([]);
      expect(await store.inbox.accept(inbound('e'))).toBe(false);
      expect(await claimedKeys(store)).toEqual(['a']);
    }),
  );

  it(
    'wants nothing for an event that somebody else took',
    withStore(async ({ store }) => {
      await store.inbox.accept(inbound('e'));
      await store.inbox.claim({ holder: 'me', milliseconds: 1, limit: 1 });
      await aMoment();
      await store.inbox.claim({ holder: 'you', milliseconds: 60_000, limit: 1 });
      await expect(store.messages.want([wanted('a', 'one')], { id: 'e', holder: 'me' })).rejects.toEqual(
        code('store.fenced'),
      );
      await expect(store.messages.want([wanted('a', 'one')], { id: 'unknown', holder: 'me' })).rejects.toEqual(
        code('store.fenced'),
      );
      expect(await store.messages.byKey('a')).toBeUndefined();
      await store.messages.want([], { id: 'e', holder: 'you' });
      await expect(store.messages.want([wanted('a', 'one')], { id: 'e', holder: 'me' })).rejects.toEqual(
        code('store.fenced'),
      );
    }),
  );

  it(
    'does not settle an event whose messages are refused',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await store.inbox.accept(inbound('e'));
      await store.inbox.claim({ holder: 'me', milliseconds: 1, limit: 1 });
      await expect(
        store.messages.want([wanted('a', 'two', { customer: 'other' })], { id: 'e', holder: 'me' }),
      ).rejects.toEqual(code('store.conflict'));
      await aMoment();
      expect(await store.inbox.claim({ holder: 'you', milliseconds: 1, limit: 1 })).toMatchObject([
        { id: 'e', payload: { text: 'of e' } },
      ]);
    }),
  );

  it(
    "keeps the order in which one customer's messages were wanted by many at once",
    withStore(async ({ store, again }) => {
      const handles = [store, await again(), await again()];
      await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          handles[n % 3]?.messages.want([wanted(`m-${n}`, 'x'), wanted(`n-${n}`, 'y')]),
        ),
      );
      const order: string[] = [];
      for (let [key] = await deliverOnce(store); key !== undefined; [key] = await deliverOnce(store)) order.push(key);
      expect(order).toHaveLength(60);
      for (const [at, key] of order.entries()) {
        if (key.startsWith('m')) expect(order[at + 1]).toBe(key.replace('m', 'n'));
      }
    }),
  );

  it(
    'tells how many wait in each lane, and since when',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one'), wanted('b', 'one'), wanted('c', 'one', { lane: 'stream' })]);
      await claimed(store);
      const lanes = await store.messages.backlog();
      expect(lanes.map(({ lane, count }) => [lane, count]).toSorted()).toEqual([
        ['incident', 2],
        ['stream', 1],
      ]);
      for (const { oldest } of lanes) expect(Math.abs(Date.parse(oldest) - Date.now())).toBeLessThan(60_000);
      await store.messages.giveUp('a', 'me', 'no');
      expect(await deliverOnce(store, { at: now })).toEqual(['b']);
      expect((await store.messages.backlog()).map(({ lane }) => lane)).toEqual(['stream']);
    }),
  );
}

export function wantingConformance(withStore: WithBotStore): void {
  describe('wanting a message', () => {
    contentsConformance(withStore);
    wholeConformance(withStore);
  });
}
