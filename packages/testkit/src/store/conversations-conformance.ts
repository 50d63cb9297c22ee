import { describe, expect, it } from 'vitest';
import { keptConversations, keptTurns } from '@autodevops/domain/conversation';
import type { Owners } from '@autodevops/domain/ports/conversations';
import type { Store } from '@autodevops/domain/ports/store';
import type { WithStore } from './with-store.ts';
import { newTurn, oddTexts } from './store-conformance-samples.ts';

const ann: Owners = ['person:p-ann', 'account:local:ann'];
const bob: Owners = ['account:local:bob'];
const at = (day: number): string => new Date(Date.UTC(2026, 0, day)).toISOString();

async function begin(
  store: Store,
  id: string,
  owners: Owners = ann,
  more: { readonly workspace?: string; readonly title?: string; readonly day?: number } = {},
): Promise<void> {
  const { workspace = '', title = id, day = 1 } = more;
  await store.conversations.begin({ id, owners, workspace, title, time: at(day) });
}

/** In order, ten at a time. */
async function several(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += 10) {
    await Promise.all(Array.from({ length: Math.min(10, count - from) }, (_, n) => work(from + n)));
  }
}

const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

function keeping(withStore: WithStore): void {
  it(
    'keeps turns in order, under numbers that rise',
    withStore(async ({ store, again }) => {
      await begin(store, 'cnv-1', ann, { workspace: '/src/shop', title: 'The shop' });
      const first = await store.conversations.append(
        'cnv-1',
        ann,
        newTurn('a', { time: at(2), namespace: 'shop', lines: ['One.', 'Two.'] }),
      );
      const second = await store.conversations.append(
        'cnv-1',
        ann,
        newTurn('b', { time: at(3), understood: 'why is Deployment shop/web failing' }),
      );
      const { key: _key, ...kept } = newTurn('a', { time: at(2), namespace: 'shop', lines: ['One.', 'Two.'] });
      expect([first, second?.number]).toEqual([{ ...kept, number: 1 }, 2]);
      const conversation = {
        id: 'cnv-1',
        workspace: '/src/shop',
        title: 'The shop',
        begunAt: at(1),
        updatedAt: at(3),
        turns: 2,
      };
      expect(await (await again()).conversations.read('cnv-1', ann, { limit: 10 })).toEqual({
        conversation,
        turns: [first, second],
      });
      expect((await store.conversations.read('cnv-1', ann, { limit: 1 }))?.turns).toEqual([second]);
    }),
  );

  it(
    'keeps a turn once, however often it is brought',
    withStore(async ({ store }) => {
      await begin(store, 'cnv-1');
      const first = await store.conversations.append('cnv-1', ann, newTurn('same'));
      expect(await store.conversations.append('cnv-1', ann, newTurn('same', { headline: 'Another answer.' }))).toEqual(
        first,
      );
      expect(await store.conversations.read('cnv-1', ann, { limit: 10 })).toMatchObject({
        conversation: { turns: 1 },
        turns: [first],
      });
    }),
  );

  it(
    'gives the one that is there to who begins it again',
    withStore(async ({ store }) => {
      await begin(store, 'cnv-1', ann, { title: 'First' });
      await store.conversations.append('cnv-1', ann, newTurn('a'));
      expect(
        await store.conversations.begin({ id: 'cnv-1', owners: ann, workspace: 'w', title: 'Second', time: at(9) }),
      ).toMatchObject({ title: 'First', turns: 1 });
    }),
  );

  it(
    'refuses what is longer than it may be, and keeps nothing of it',
    withStore(async ({ store }) => {
      await begin(store, 'cnv-1');
      await expect(
        store.conversations.append('cnv-1', ann, newTurn('a', { headline: 'x'.repeat(1001) })),
      ).rejects.toMatchObject({ code: 'internal' });
      await expect(begin(store, 'cnv-2', ann, { title: 'x'.repeat(121) })).rejects.toMatchObject({ code: 'internal' });
      await expect(store.conversations.rename('cnv-1', ann, 'x'.repeat(121))).rejects.toMatchObject({
        code: 'internal',
      });
      expect(await store.conversations.list(ann, { limit: 10 })).toMatchObject([
        { id: 'cnv-1', title: 'cnv-1', turns: 0 },
      ]);
    }),
  );

  it(
    'keeps the newest turns of a long one, and goes on counting',
    withStore(async ({ store }) => {
      await begin(store, 'cnv-1');
      for (const key of ['turn1', 'turn2', 'turn3']) await store.conversations.append('cnv-1', ann, newTurn(key));
      await several(keptTurns, (n) => store.conversations.append('cnv-1', ann, newTurn(`turn${n + 4}`)));
      const read = await store.conversations.read('cnv-1', ann, { limit: 1000 });
      expect([read?.conversation.turns, read?.turns.length, read?.turns[0]?.number]).toEqual([
        keptTurns + 3,
        keptTurns,
        4,
      ]);
      expect(await store.conversations.search('turn1', ann, { limit: 10 })).toEqual([]);
    }),
  );

  it(
    'keeps the newest of a person who begins very many',
    withStore(async ({ store }) => {
      await begin(store, 'of-bob', bob);
      await several(keptConversations + 1, (n) => begin(store, `cnv-${n}`, ann, { day: n + 1 }));
      expect(await store.conversations.read('cnv-0', ann, { limit: 1 })).toBeUndefined();
      expect(await store.conversations.list(ann, { limit: 1000 })).toHaveLength(keptConversations);
      expect(await store.conversations.list(bob, { limit: 10 })).toHaveLength(1);
    }),
  );

  it(
    'takes any text for an id, a workspace, a title, a question, and mixes none up',
    withStore(async ({ store }) => {
      const texts = oddTexts.filter((text) => text !== '');
      for (const text of texts) await begin(store, text, [text], { workspace: text, title: text });
      for (const text of texts) {
        const turn = await store.conversations.append(
          text,
          [text],
          newTurn(text, { question: text, understood: text, namespace: text, headline: text, lines: [text] }),
        );
        expect(turn).toMatchObject({ question: text, headline: text, lines: [text] });
        const found = await store.conversations.read(text, [text], { limit: 9 });
        expect([found?.conversation.title, found?.conversation.workspace, found?.turns]).toEqual([text, text, [turn]]);
      }
    }),
  );
}

function owning(withStore: WithStore): void {
  it(
    'shows nobody what somebody else was told',
    withStore(async ({ store }) => {
      await begin(store, 'cnv-1', ann, { title: 'private thing' });
      await store.conversations.append('cnv-1', ann, newTurn('a', { question: 'private thing' }));
      expect(
        await Promise.all([
          store.conversations.list(bob, { limit: 10 }),
          store.conversations.read('cnv-1', bob, { limit: 1 }),
          store.conversations.search('private', bob, { limit: 1 }),
          store.conversations.append('cnv-1', bob, newTurn('b')),
          store.conversations.rename('cnv-1', bob, 'mine'),
          store.conversations.remove('cnv-1', bob),
        ]),
      ).toEqual([[], undefined, [], undefined, undefined, false]);
      await expect(
        store.conversations.begin({ id: 'cnv-1', owners: bob, workspace: '', title: '', time: at(1) }),
      ).rejects.toMatchObject({ code: 'store.conflict' });
      expect(await store.conversations.read('cnv-1', ann, { limit: 9 })).toMatchObject({
        conversation: { title: 'private thing', turns: 1 },
      });
    }),
  );

  it(
    'finds for a linked person what the account began before',
    withStore(async ({ store }) => {
      await begin(store, 'before', ['account:local:ann']);
      await begin(store, 'after', ann, { day: 2 });
      expect(ids(await store.conversations.list(ann, { limit: 10 }))).toEqual(['after', 'before']);
      expect(ids(await store.conversations.list(['account:local:ann'], { limit: 10 }))).toEqual(['before']);
    }),
  );
}

function finding(withStore: WithStore): void {
  it(
    'lists the one with the newest turn first, in pages, of one workspace or all',
    withStore(async ({ store }) => {
      for (const [n, workspace] of ['x', 'y', 'x', 'y'].entries()) {
        await begin(store, `cnv-${n}`, ann, { workspace, day: n + 1 });
      }
      await store.conversations.append('cnv-0', ann, newTurn('a', { time: at(20) }));
      expect(ids(await store.conversations.list(ann, { limit: 3 }))).toEqual(['cnv-0', 'cnv-3', 'cnv-2']);
      expect(ids(await store.conversations.list(ann, { limit: 3, before: 'cnv-2' }))).toEqual(['cnv-1']);
      expect(ids(await store.conversations.list(ann, { limit: 3, workspace: 'x' }))).toEqual(['cnv-0', 'cnv-2']);
      expect(ids(await store.conversations.list(ann, { limit: 3, workspace: 'y', before: 'cnv-3' }))).toEqual([
        'cnv-1',
      ]);
      expect(await store.conversations.list(ann, { limit: 3, before: 'nobody' })).toEqual([]);
    }),
  );

  it(
    'finds each once by what was asked, answered or named, with the turn that says it',
    withStore(async ({ store }) => {
      await begin(store, 'disk', ann, { title: 'Storage' });
      await store.conversations.append(
        'disk',
        ann,
        newTurn('a', { question: 'Is anything wrong?', headline: 'The volume is full.' }),
      );
      await store.conversations.append(
        'disk',
        ann,
        newTurn('b', { question: 'Which volume is full, and why full?', headline: 'Volume data-0.' }),
      );
      await begin(store, 'other', ann, { title: 'Something else' });
      const hits = await store.conversations.search('full VOLUME', ann, { limit: 10 });
      expect(hits.map(({ conversation }) => conversation.id)).toEqual(['disk']);
      expect(['a', 'b'].map((key) => newTurn(key).digest)).toContain(hits[0]?.turn?.digest);
      expect(await store.conversations.search('storage', ann, { limit: 10 })).toMatchObject([
        { conversation: { id: 'disk' } },
      ]);
      expect((await store.conversations.search('storage', ann, { limit: 10 }))[0]).not.toHaveProperty('turn');
      expect(await store.conversations.search('"* ( NEAR', ann, { limit: 10 })).toEqual([]);
    }),
  );

  it(
    'is renamed, and found by its new title alone',
    withStore(async ({ store }) => {
      await begin(store, 'cnv-1', ann, { title: 'Älteres' });
      expect(await store.conversations.rename('cnv-1', ann, 'Newer')).toMatchObject({
        id: 'cnv-1',
        title: 'Newer',
        begunAt: at(1),
      });
      expect(await store.conversations.search('alteres', ann, { limit: 1 })).toEqual([]);
      expect(await store.conversations.search('newer', ann, { limit: 1 })).toMatchObject([
        { conversation: { title: 'Newer' } },
      ]);
      expect(await store.conversations.rename('cnv-2', ann, 'Newer')).toBeUndefined();
    }),
  );

  it(
    'is gone with every turn and word once it is removed',
    withStore(async ({ store }) => {
      await begin(store, 'cnv-1', ann, { title: 'Gone' });
      await store.conversations.append('cnv-1', ann, newTurn('a', { question: 'gone' }));
      expect([await store.conversations.remove('cnv-1', ann), await store.conversations.remove('cnv-1', ann)]).toEqual([
        true,
        false,
      ]);
      expect([
        await store.conversations.list(ann, { limit: 1 }),
        await store.conversations.search('gone', ann, { limit: 1 }),
      ]).toEqual([[], []]);
      await begin(store, 'cnv-1', ann);
      expect(await store.conversations.read('cnv-1', ann, { limit: 10 })).toMatchObject({
        conversation: { turns: 0 },
        turns: [],
      });
    }),
  );
}

export function conversationsConformance(withStore: WithStore): void {
  describe('a conversation', () => {
    keeping(withStore);
    owning(withStore);
    finding(withStore);
  });
}
