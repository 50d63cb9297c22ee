import { describe, expect, it } from 'vitest';
import type { WithBotStore } from './with-bot-store.ts';
import {
  aMoment,
  claimed,
  claimedKeys,
  deliver,
  deliverOnce,
  later,
  onlyOne,
  wanted,
} from './bot-store-conformance-samples.ts';

function postingConformance(withStore: WithBotStore): void {
  it(
    'remembers where a message stands and what it says, and drops its content',
    withStore(async ({ store, again }) => {
      await store.messages.want([wanted('a', 'one')]);
      await store.messages.sending((await onlyOne(claimed(store))).key, 'me');
      await store.messages.delivered('a', 'me', { digest: 'sha256:one', ts: '1700000000.000100' });
      const kept = await (await again()).messages.byKey('a');
      expect(kept).toMatchObject({
        ts: '1700000000.000100',
        deliveredDigest: 'sha256:one',
        digest: 'sha256:one',
        content: {},
        attempts: 0,
        isUncertain: false,
      });
      expect(await store.messages.at({ team: 'T1', channel: 'C1', ts: '1700000000.000100' })).toEqual(kept);
      for (const place of [
        { team: 'T2', channel: 'C1', ts: '1700000000.000100' },
        { team: 'T1', channel: 'C2', ts: '1700000000.000100' },
        { team: 'T1', channel: 'C1', ts: '1.1' },
      ]) {
        expect(await store.messages.at(place)).toBeUndefined();
      }
    }),
  );

  it(
    'finds at no place what was never posted',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      expect(await store.messages.at({ team: 'T1', channel: 'C1', ts: '' })).toBeUndefined();
    }),
  );

  it(
    'changes in place what stands already',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await deliverOnce(store);
      const first = await store.messages.byKey('a');
      await store.messages.want([wanted('a', 'two')]);
      const change = await onlyOne(claimed(store));
      expect(change).toEqual({ ...first, content: { text: 'two' }, digest: 'sha256:two', attempts: 1 });
      await deliver(store, change);
      expect(await store.messages.byKey('a')).toEqual({
        ...first,
        digest: 'sha256:two',
        deliveredDigest: 'sha256:two',
      });
    }),
  );

  it(
    'delivers afterwards what was wanted while a post was under way',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      const post = await onlyOne(claimed(store));
      await store.messages.sending('a', 'me');
      await store.messages.want([wanted('a', 'two')]);
      await store.messages.want([wanted('a', 'three')]);
      expect(await claimedKeys(store)).toEqual([]);
      await deliver(store, post);
      expect(await claimed(store)).toMatchObject([
        { content: { text: 'three' }, deliveredDigest: 'sha256:one', ts: expect.stringMatching(/./), attempts: 1 },
      ]);
    }),
  );

  it(
    'delivers afterwards what was wanted while a change was under way',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await deliverOnce(store);
      await store.messages.want([wanted('a', 'two')]);
      const change = await onlyOne(claimed(store));
      await store.messages.want([wanted('a', 'three')]);
      expect(await claimedKeys(store)).toEqual([]);
      await deliver(store, change);
      expect(await deliverOnce(store)).toEqual(['a']);
      expect(await store.messages.byKey('a')).toMatchObject({ deliveredDigest: 'sha256:three' });
      expect(await deliverOnce(store)).toEqual([]);
    }),
  );
}

function uncertainConformance(withStore: WithBotStore): void {
  it(
    'says of a post whose sender died that it may stand there',
    withStore(async ({ store, again }) => {
      await store.messages.want([wanted('a', 'one')]);
      await claimed(store, { milliseconds: 1 });
      await store.messages.sending('a', 'me');
      await aMoment();
      expect(await claimed(await again(), { holder: 'you' })).toMatchObject([
        { key: 'a', isUncertain: true, attempts: 2 },
      ]);
    }),
  );

  it(
    'says so of a post whose answer never came, until it is known',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await claimed(store);
      await store.messages.sending('a', 'me');
      await store.messages.defer('a', 'me', later, 'timeout', true);
      const again = await onlyOne(claimed(store, { at: later }));
      expect(again).toMatchObject({ isUncertain: true });
      await deliver(store, again);
      expect(await store.messages.byKey('a')).toMatchObject({ isUncertain: false });
    }),
  );

  it(
    'says so no longer when Slack refused the post',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await claimed(store);
      await store.messages.sending('a', 'me');
      await store.messages.defer('a', 'me', later, 'ratelimited', false);
      expect(await claimed(store, { at: later })).toMatchObject([{ isUncertain: false }]);
    }),
  );

  it(
    'is never uncertain of where a message stands that was posted',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await deliverOnce(store);
      await store.messages.want([wanted('a', 'two')]);
      await claimed(store);
      await store.messages.sending('a', 'me');
      expect(await store.messages.byKey('a')).toMatchObject({ isUncertain: false });
      await store.messages.defer('a', 'me', later, 'timeout', true);
      expect(await store.messages.byKey('a')).toMatchObject({ isUncertain: false });
    }),
  );
}

function pruneConformance(withStore: WithBotStore): void {
  it(
    'forgets what was delivered long ago, and nothing that waits or was given up',
    withStore(async ({ store }) => {
      await store.messages.want(['a', 'b', 'c', 'd'].map((key) => wanted(key, 'one', { place: { channel: key } })));
      await claimed(store);
      for (const key of ['a', 'b']) await store.messages.delivered(key, 'me', { digest: 'sha256:one', ts: `1.${key}` });
      await store.messages.giveUp('c', 'me', 'no');
      await store.messages.want([wanted('b', 'two')]);
      expect(await store.messages.prune('2020-01-01T00:00:00.000Z', 10)).toBe(0);
      expect(await store.messages.prune('2999-01-01T00:00:00.000Z', 10)).toBe(1);
      expect(
        (await Promise.all(['a', 'b', 'c', 'd'].map((key) => store.messages.byKey(key)))).map(
          (message) => message?.key,
        ),
      ).toEqual([undefined, 'b', 'c', 'd']);
    }),
  );

  it(
    'forgets the first message of a thread after the last of it',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('root', 'one'), wanted('cause', 'one', { place: { parent: 'root' } })]);
      await deliverOnce(store);
      expect(await store.messages.prune('2999-01-01T00:00:00.000Z', 10)).toBe(0);
      await deliverOnce(store);
      expect(await store.messages.prune('2999-01-01T00:00:00.000Z', 10)).toBe(1);
      expect(await store.messages.byKey('cause')).toBeUndefined();
      expect(await store.messages.prune('2999-01-01T00:00:00.000Z', 10)).toBe(1);
    }),
  );

  it(
    'forgets no more at a time than it is told',
    withStore(async ({ store }) => {
      await store.messages.want(['a', 'b', 'c'].map((key) => wanted(key, 'one', { place: { channel: key } })));
      await deliverOnce(store);
      expect([
        await store.messages.prune('2999-01-01T00:00:00.000Z', 2),
        await store.messages.prune('2999-01-01T00:00:00.000Z', 2),
      ]).toEqual([2, 1]);
    }),
  );
}

export function deliveringConformance(withStore: WithBotStore): void {
  describe('delivering messages', () => {
    postingConformance(withStore);
    uncertainConformance(withStore);
    pruneConformance(withStore);
  });
}
