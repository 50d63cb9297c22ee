import { describe, expect, it } from 'vitest';
import { oddTexts } from '../store/store-conformance-samples.ts';
import type { WithBotStore } from './with-bot-store.ts';
import { claimed, code, inbound, installation, later, now, onlyOne, wanted } from './bot-store-conformance-samples.ts';

const odd = oddTexts.filter((text) => text !== '');

export function hostileConformance(withStore: WithBotStore): void {
  describe('with any text', () => {
    it(
      'keeps events apart and whole',
      withStore(async ({ store }) => {
        for (const text of oddTexts) {
          expect(
            await store.inbox.accept(
              inbound(text, { handler: text, app: text, team: text, payload: { [text]: text } }),
            ),
          ).toBe(true);
        }
        for (const text of oddTexts) expect(await store.inbox.accept(inbound(text))).toBe(false);
        const events = await store.inbox.claim({ holder: '\0', milliseconds: 60_000, limit: 1000 });
        expect(events).toHaveLength(oddTexts.length);
        for (const event of events) {
          expect(event).toEqual({
            ...inbound(event.id, {
              handler: event.id,
              app: event.id,
              team: event.id,
              payload: { [event.id]: event.id },
            }),
            attempt: 1,
          });
        }
        for (const text of oddTexts) await store.inbox.giveUp(text, '\0', text);
        for (const { id, why } of await store.inbox.dead(1000)) expect(why).toBe(id);
      }),
    );

    it(
      'keeps messages apart and whole',
      withStore(async ({ store }) => {
        for (const text of odd) {
          await store.messages.want([
            wanted(text, text, { customer: text, place: { app: text, team: text, channel: text, threadTs: text } }),
          ]);
        }
        const messages = await claimed(store, { holder: '\ud800', limit: 1000 });
        expect(messages.map(({ key }) => key).toSorted()).toEqual(odd.toSorted());
        for (const { key, digest } of messages) {
          await store.messages.sending(key, '\ud800');
          await store.messages.delivered(key, '\ud800', { digest, ts: key });
          expect(await store.messages.at({ team: key, channel: key, ts: key })).toMatchObject({
            key,
            customer: key,
            digest: `sha256:${key}`,
            place: { app: key, threadTs: key },
          });
        }
      }),
    );

    it(
      'keeps installations, channels, values and notes apart and whole',
      withStore(async ({ store }) => {
        for (const text of odd) {
          const kept = await store.installations.put(
            installation({ app: text, team: text, customer: text, botUser: text, sealed: text, installedAt: now }),
          );
          expect(await store.installations.find(text, text, '')).toEqual(kept);
          const channel = {
            app: text,
            team: text,
            channel: text,
            customer: text,
            use: 'talk',
            isSuspended: true,
            why: text,
          } as const;
          await store.channels.put(channel);
          expect(await store.channels.ofCustomer(text)).toEqual([channel]);
          await store.notes.swap(text, text, undefined, { [text]: text });
          expect(await store.notes.list(text, text)).toEqual([{ name: text, value: { [text]: text } }]);
          await store.once.put(text, { text }, later);
          expect(await store.once.take(text, now)).toEqual({ text });
        }
      }),
    );

    it(
      'takes a payload and a content of a megabyte',
      withStore(async ({ store }) => {
        const text = `${'x'.repeat(500_000)}\0\ud800${'ü'.repeat(250_000)}`;
        await store.inbox.accept(inbound('large', { payload: { text } }));
        await store.messages.want([wanted('large', 'large', { content: { text } })]);
        expect((await onlyOne(store.inbox.claim({ holder: 'me', milliseconds: 1, limit: 1 }))).payload).toEqual({
          text,
        });
        expect((await onlyOne(claimed(store))).content).toEqual({ text });
      }),
    );

    it(
      'refuses a name that is too long to be one, and keeps nothing of it',
      withStore(async ({ store }) => {
        const long = 'x'.repeat(2000);
        await expect(store.inbox.accept(inbound(long))).rejects.toEqual(code('usage'));
        await expect(store.messages.want([wanted('short', 'x'), wanted(long, 'x')])).rejects.toEqual(code('usage'));
        expect(await store.messages.byKey('short')).toBeUndefined();
      }),
    );

    it(
      "gives out what is nobody else's: who changes it changes nothing in the store",
      withStore(async ({ store }) => {
        await store.notes.swap('acme', 'list', undefined, { list: [1] });
        ((await store.notes.get('acme', 'list')) as { list: number[] }).list.push(2);
        expect(await store.notes.get('acme', 'list')).toEqual({ list: [1] });
      }),
    );
  });
}
