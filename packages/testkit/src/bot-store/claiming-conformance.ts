import { describe, expect, it } from 'vitest';
import type { WithBotStore } from './with-bot-store.ts';
import {
  aMoment,
  claimed,
  claimedKeys,
  code,
  deliver,
  deliverOnce,
  later,
  now,
  onlyOne,
  wanted,
} from './bot-store-conformance-samples.ts';

const inChannel = (channel: string): Parameters<typeof wanted>[2] => ({ place: { channel } });

function orderConformance(withStore: WithBotStore): void {
  it(
    'gives one new message of a channel at a time, in the order in which they were first wanted',
    withStore(async ({ store, again }) => {
      await store.messages.want(['a', 'b', 'c'].map((key) => wanted(key, 'one')));
      await store.messages.want([wanted('a', 'two'), wanted('d', 'one', inChannel('C2'))]);
      const first = await claimed(store);
      expect(first.map(({ key }) => key)).toEqual(['a', 'd']);
      expect(await claimedKeys(await again(), { holder: 'you' })).toEqual([]);
      for (const message of first) await deliver(store, message);
      expect(await deliverOnce(store)).toEqual(['b']);
      expect(await deliverOnce(store)).toEqual(['c']);
      expect(await deliverOnce(store)).toEqual([]);
    }),
  );

  it(
    'gives one to one of many who ask at once',
    withStore(async ({ store, again }) => {
      const handles = [store, await again(), await again()];
      await store.messages.want(Array.from({ length: 12 }, (_, n) => wanted(`m-${n}`, 'one', inChannel(`C${n % 4}`))));
      const taken = await Promise.all(
        Array.from({ length: 9 }, (_, n) =>
          claimedKeys(handles[n % 3] as typeof store, { holder: `h-${n}`, limit: 2 }),
        ),
      );
      const rest = await claimedKeys(store);
      expect([...taken.flat(), ...rest].toSorted()).toEqual(['m-0', 'm-1', 'm-2', 'm-3']);
    }),
  );

  it(
    'changes any number of messages of a channel at a time, beside a new one',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await deliverOnce(store);
      await store.messages.want([wanted('b', 'one')]);
      await deliverOnce(store);
      await store.messages.want([wanted('c', 'one'), wanted('b', 'two'), wanted('a', 'two'), wanted('d', 'one')]);
      expect((await claimedKeys(store)).toSorted()).toEqual(['a', 'b', 'c']);
    }),
  );

  it(
    'keeps lanes apart',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one'), wanted('b', 'one', { lane: 'interactive' })]);
      expect(await claimedKeys(store, { lane: 'stream' })).toEqual([]);
      expect(await claimedKeys(store, { lane: 'interactive' })).toEqual(['b']);
      expect(await claimedKeys(store)).toEqual(['a']);
    }),
  );

  it(
    'gives no more than it is asked for',
    withStore(async ({ store }) => {
      await store.messages.want(['C1', 'C2', 'C3'].map((channel) => wanted(channel, 'one', inChannel(channel))));
      expect(await claimedKeys(store, { limit: 0 })).toEqual([]);
      expect(await claimedKeys(store, { limit: 2 })).toHaveLength(2);
      expect(await claimedKeys(store, { limit: 2 })).toHaveLength(1);
    }),
  );
}

function parentConformance(withStore: WithBotStore): void {
  it(
    'keeps back what belongs to a thread until its first message is posted',
    withStore(async ({ store }) => {
      await store.messages.want([
        wanted('cause', 'one', { place: { parent: 'root', channel: 'C2' } }),
        wanted('cause too', 'one', { place: { parent: 'root', channel: 'C2' } }),
      ]);
      expect(await claimedKeys(store)).toEqual([]);
      await store.messages.want([wanted('root', 'one')]);
      expect(await claimedKeys(store)).toEqual(['root']);
      expect(await claimedKeys(store)).toEqual([]);
      await store.messages.delivered('root', 'me', { digest: 'sha256:one', ts: '1.1' });
      expect(await deliverOnce(store)).toEqual(['cause']);
      expect(await deliverOnce(store)).toEqual(['cause too']);
      await store.messages.want([wanted('late', 'one', { place: { parent: 'root' } })]);
      expect(await deliverOnce(store)).toEqual(['late']);
    }),
  );

  it(
    'holds up nothing for a thread whose first message was given up',
    withStore(async ({ store }) => {
      await store.messages.want([
        wanted('root', 'one'),
        wanted('cause', 'one', { place: { parent: 'root' } }),
        wanted('other', 'one'),
      ]);
      await claimed(store);
      await store.messages.giveUp('root', 'me', 'channel_not_found');
      expect(await deliverOnce(store)).toEqual(['other']);
      await store.messages.revive('root');
      expect(await deliverOnce(store)).toEqual(['root']);
      expect(await deliverOnce(store)).toEqual(['cause']);
    }),
  );

  it(
    'takes no message of another customer for a parent',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('root', 'one', { customer: 'other' })]);
      await deliverOnce(store);
      await store.messages.want([wanted('cause', 'one', { place: { parent: 'root' } })]);
      expect(await claimedKeys(store)).toEqual([]);
      expect(await store.messages.byKey('cause')).toBeDefined();
    }),
  );

  it(
    'misses no parent that is posted while its thread is wanted',
    withStore(async ({ store, again }) => {
      const other = await again();
      for (let n = 0; n < 20; n += 1) {
        await store.messages.want([wanted(`root-${n}`, 'one')]);
        const root = await onlyOne(claimed(store));
        await Promise.all([
          deliver(store, root),
          other.messages.want([wanted(`child-${n}`, 'one', { place: { parent: `root-${n}` } })]),
        ]);
        expect(await deliverOnce(store)).toEqual([`child-${n}`]);
      }
    }),
  );
}

function holdConformance(withStore: WithBotStore): void {
  it(
    'keeps a channel for one that waits for Slack, and no other',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one'), wanted('b', 'one'), wanted('c', 'one', inChannel('C2'))]);
      await claimed(store, { limit: 1 });
      await store.messages.defer('a', 'me', later, 'ratelimited', false);
      expect(await deliverOnce(store)).toEqual(['c']);
      expect(await claimedKeys(store)).toEqual([]);
      expect(await deliverOnce(store, { at: later })).toEqual(['a']);
      expect(await deliverOnce(store)).toEqual(['b']);
    }),
  );

  it(
    'does not try a deferred change before its time, whatever is wanted meanwhile',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await deliverOnce(store);
      await store.messages.want([wanted('a', 'two')]);
      await claimed(store);
      await store.messages.defer('a', 'me', later, 'ratelimited', false);
      await store.messages.want([wanted('a', 'three')]);
      expect(await claimedKeys(store)).toEqual([]);
      expect(await claimed(store, { at: later })).toMatchObject([{ content: { text: 'three' }, attempts: 2 }]);
    }),
  );

  it(
    'gives it to the next when a hold ran out, and who lost it changes nothing',
    withStore(async ({ store, again }) => {
      const other = await again();
      await store.messages.want([wanted('a', 'one'), wanted('b', 'one')]);
      await claimed(store, { milliseconds: 1 });
      await aMoment();
      expect(await claimed(other, { holder: 'you' })).toMatchObject([{ key: 'a', attempts: 2, isUncertain: false }]);
      await expect(store.messages.sending('a', 'me')).rejects.toEqual(code('store.fenced'));
      await store.messages.delivered('a', 'me', { digest: 'sha256:one', ts: '1.1' });
      await store.messages.defer('a', 'me', later, 'late', true);
      await store.messages.giveUp('a', 'me', 'late');
      expect(await store.messages.byKey('a')).toMatchObject({ ts: '', deliveredDigest: '', isUncertain: false });
      await other.messages.delivered('a', 'you', { digest: 'sha256:one', ts: '2.2' });
      expect(await store.messages.byKey('a')).toMatchObject({ ts: '2.2' });
    }),
  );

  it(
    'stays with who renews it, and with nobody who lost it',
    withStore(async ({ store, again }) => {
      const other = await again();
      await store.messages.want([wanted('a', 'one'), wanted('b', 'one', { place: { channel: 'C2' } })]);
      await claimed(store, { milliseconds: 1 });
      await aMoment();
      await store.messages.renew(['a'], { holder: 'me', milliseconds: 60_000 });
      expect(await claimed(other, { holder: 'you', milliseconds: 1 })).toMatchObject([{ key: 'b' }]);
      await aMoment();
      await store.messages.renew(['a', 'b', 'unknown'], { holder: 'me', milliseconds: 60_000 });
      expect(await claimed(other, { holder: 'you' })).toMatchObject([{ key: 'b', attempts: 3 }]);
      await store.messages.sending('a', 'me');
    }),
  );

  it(
    'may not be sent by who has given it back',
    withStore(async ({ store }) => {
      await store.messages.want([wanted('a', 'one')]);
      await expect(store.messages.sending('a', 'me')).rejects.toEqual(code('store.fenced'));
      await claimed(store);
      await store.messages.defer('a', 'me', now, 'busy', false);
      await expect(store.messages.sending('a', 'me')).rejects.toEqual(code('store.fenced'));
      await expect(store.messages.sending('a', '')).rejects.toEqual(code('store.fenced'));
      await expect(store.messages.sending('unknown', 'me')).rejects.toEqual(code('store.fenced'));
    }),
  );
}

export function claimingConformance(withStore: WithBotStore): void {
  describe('claiming messages', () => {
    orderConformance(withStore);
    parentConformance(withStore);
    holdConformance(withStore);
  });
}
