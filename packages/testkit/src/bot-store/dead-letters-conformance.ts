import { describe, expect, it } from 'vitest';
import type { WithBotStore } from './with-bot-store.ts';
import { claimed, claimedKeys, deliver, deliverOnce, later, onlyOne, wanted } from './bot-store-conformance-samples.ts';

export function deadLettersConformance(withStore: WithBotStore): void {
  describe('giving messages up', () => {
    it(
      'shows them, the newest first, without what they say',
      withStore(async ({ store }) => {
        await store.messages.want(
          ['a', 'b', 'c'].map((key) => wanted(key, 'secret of the customer', { place: { channel: key } })),
        );
        await claimed(store);
        await store.messages.giveUp('b', 'me', 'channel_not_found');
        await store.messages.giveUp('a', 'me', 'invalid_blocks');
        const dead = await store.messages.dead(10);
        expect(dead).toMatchObject([
          { key: 'a', why: 'invalid_blocks', customer: 'acme', attempts: 1, place: { channel: 'a' } },
          { key: 'b', why: 'channel_not_found' },
        ]);
        expect(dead.filter((message) => 'content' in message)).toEqual([]);
        expect(await store.messages.dead(1)).toHaveLength(1);
      }),
    );

    it(
      'holds up nothing behind them',
      withStore(async ({ store }) => {
        await store.messages.want([wanted('a', 'one'), wanted('b', 'one')]);
        await claimed(store);
        await store.messages.giveUp('a', 'me', 'invalid_blocks');
        expect(await deliverOnce(store)).toEqual(['b']);
      }),
    );

    it(
      'tries one again when somebody wants that, with what it says and from the beginning',
      withStore(async ({ store }) => {
        await store.messages.want([wanted('a', 'one'), wanted('b', 'one')]);
        await claimed(store);
        await store.messages.giveUp('a', 'me', 'invalid_blocks');
        expect([
          await store.messages.revive('a'),
          await store.messages.revive('a'),
          await store.messages.revive('b'),
          await store.messages.revive('unknown'),
        ]).toEqual([true, false, false, false]);
        expect(await store.messages.dead(10)).toEqual([]);
        expect(await claimed(store)).toMatchObject([{ key: 'a', content: { text: 'one' }, attempts: 1 }]);
      }),
    );

    it(
      'forgets one that nobody wants any more, until it is to say something else',
      withStore(async ({ store }) => {
        await store.messages.want([wanted('a', 'one'), wanted('b', 'one', { place: { channel: 'b' } })]);
        await claimed(store);
        await store.messages.giveUp('a', 'me', 'is_archived');
        expect([
          await store.messages.drop('b'),
          await store.messages.drop('unknown'),
          await store.messages.drop('a'),
          await store.messages.drop('a'),
        ]).toEqual([false, false, true, false]);
        expect(await store.messages.dead(10)).toEqual([]);
        expect([await store.messages.revive('a'), await claimedKeys(store)]).toEqual([false, []]);
        await store.messages.want([wanted('a', 'two')]);
        expect(await claimed(store)).toMatchObject([{ key: 'a', content: { text: 'two' }, ts: '', attempts: 1 }]);
      }),
    );

    it(
      'forgets with it what waits for it in its thread, which is new when it is wanted again',
      withStore(async ({ store }) => {
        const reply = wanted('b', 'one', { place: { parent: 'a' } });
        await store.messages.want([wanted('a', 'one'), reply, wanted('c', 'one')]);
        await claimed(store);
        await store.messages.giveUp('a', 'me', 'is_archived');
        await store.messages.drop('a');
        expect(await deliverOnce(store)).toEqual(['c']);
        expect(await store.messages.backlog()).toEqual([]);
        await store.messages.want([wanted('a', 'two'), reply]);
        expect(await deliverOnce(store)).toEqual(['a']);
        expect(await deliverOnce(store)).toEqual(['b']);
      }),
    );

    it(
      'tries one again at once, however long it had been put off',
      withStore(async ({ store }) => {
        await store.messages.want([wanted('a', 'one')]);
        await claimed(store);
        await store.messages.defer('a', 'me', later, 'busy', false);
        await claimed(store, { at: later });
        await store.messages.giveUp('a', 'me', 'no');
        await store.messages.revive('a');
        expect(await claimedKeys(store)).toEqual(['a']);
      }),
    );

    it(
      'does not post one that came back beside another of its channel',
      withStore(async ({ store }) => {
        await store.messages.want([wanted('a', 'one'), wanted('b', 'one'), wanted('c', 'one')]);
        await claimed(store);
        await store.messages.giveUp('a', 'me', 'no');
        const second = await onlyOne(claimed(store));
        await store.messages.revive('a');
        expect(await claimedKeys(store)).toEqual([]);
        await deliver(store, second);
        expect(await deliverOnce(store)).toEqual(['a']);
        expect(await deliverOnce(store)).toEqual(['c']);
      }),
    );

    it(
      'tries again what is to say something else, and nothing that is to say the same',
      withStore(async ({ store }) => {
        await store.messages.want([wanted('a', 'one')]);
        await claimed(store);
        await store.messages.giveUp('a', 'me', 'invalid_blocks');
        await store.messages.want([wanted('a', 'one')]);
        expect(await claimedKeys(store)).toEqual([]);
        await store.messages.want([wanted('a', 'two')]);
        expect(await store.messages.dead(10)).toEqual([]);
        expect(await claimed(store)).toMatchObject([{ key: 'a', content: { text: 'two' }, attempts: 1 }]);
      }),
    );

    it(
      'may be done with a change, and what stands in Slack is known still',
      withStore(async ({ store }) => {
        await store.messages.want([wanted('a', 'one')]);
        await deliverOnce(store);
        await store.messages.want([wanted('a', 'two')]);
        await claimed(store);
        await store.messages.giveUp('a', 'me', 'edit_window_closed');
        expect(await store.messages.dead(10)).toMatchObject([{ key: 'a', deliveredDigest: 'sha256:one' }]);
        await store.messages.want([wanted('b', 'one', { place: { parent: 'a' } })]);
        expect(await deliverOnce(store)).toEqual(['b']);
      }),
    );
  });
}
