import { describe, expect, it } from 'vitest';
import type { MemoryEntry } from '@autodevops/domain/ports/store';
import type { WithStore } from './with-store.ts';
import { memory, oddTexts } from './store-conformance-samples.ts';

const ids = (entries: readonly MemoryEntry[]): readonly string[] => entries.map(({ id }) => id);

function searching(withStore: WithStore): void {
  it(
    'finds what holds one of the words, and first what holds more of them',
    withStore(async ({ store }) => {
      await store.memory.put(
        memory('one', 'The registry refused the pull: the token was too old, said the log of the kubelet.'),
      );
      await store.memory.put(
        memory('both', 'The registry refused the pull: the secret was missing, said the log of the kubelet.'),
      );
      await store.memory.put(memory('none', 'The disk of the database was full.'));
      for (const n of [1, 2, 3, 4, 5]) await store.memory.put(memory(`other-${n}`, `Nothing of note on day ${n}.`));
      expect(ids(await store.memory.search('secret registry', { limit: 10 }))).toEqual(['both', 'one']);
      expect(ids(await store.memory.search('secret registry', { limit: 1 }))).toEqual(['both']);
      expect(await store.memory.search('unheard', { limit: 10 })).toEqual([]);
    }),
  );

  it(
    'does not care for case, accents and marks',
    withStore(async ({ store }) => {
      await store.memory.put(memory('a', 'Müller/ws-1: CrashLoopBackOff (Exit-Code=137)'));
      for (const words of ['muller', 'MÜLLER', 'crashloopbackoff', 'exit code', '137', 'ws']) {
        expect(ids(await store.memory.search(words, { limit: 1 })), words).toEqual(['a']);
      }
    }),
  );

  it(
    'narrows to a kind',
    withStore(async ({ store }) => {
      await store.memory.put(memory('a', 'disk full', { kind: 'lesson' }));
      await store.memory.put(memory('b', 'disk full', { kind: 'note' }));
      expect(ids(await store.memory.search('disk', { limit: 10, kind: 'note' }))).toEqual(['b']);
    }),
  );

  it(
    'takes no word for syntax, neither kept nor looked for',
    withStore(async ({ store }) => {
      for (const [at, text] of oddTexts.entries()) {
        await store.memory.put(memory(`odd-${at}`, text, { thread: text, data: { text } }));
      }
      await store.memory.put(memory('plain', 'near and not or'));
      for (const text of oddTexts) await store.memory.search(text, { limit: 100 });
      expect(ids(await store.memory.search('NOT', { limit: 100 }))).toContain('plain');
      expect(ids(await store.memory.search('NOT', { limit: 100 })).toSorted()).toEqual(['odd-3', 'plain']);
      expect(ids(await store.memory.search('"drop" *', { limit: 100 }))).toEqual(['odd-0']);
      for (const [at, text] of oddTexts.entries()) {
        expect(await store.memory.thread(text, { limit: 1 })).toEqual([
          memory(`odd-${at}`, text, { thread: text, data: { text } }),
        ]);
      }
    }),
  );
}

export function memoryConformance(withStore: WithStore): void {
  describe('its memory', () => {
    searching(withStore);

    it(
      'gives the newest of a thread, oldest first',
      withStore(async ({ store }) => {
        for (const n of [3, 1, 2]) {
          await store.memory.put(memory(`m-${n}`, `line ${n}`, { time: `2026-01-0${n}T00:00:00.000Z` }));
        }
        await store.memory.put(memory('elsewhere', 'line', { thread: 't-2' }));
        expect(ids(await store.memory.thread('t-1', { limit: 2 }))).toEqual(['m-2', 'm-3']);
      }),
    );

    it(
      'replaces what has the same id, and no longer finds the old words',
      withStore(async ({ store }) => {
        await store.memory.put(memory('a', 'before'));
        await store.memory.put(memory('a', 'after', { kind: 'note' }));
        expect(await store.memory.search('before', { limit: 10 })).toEqual([]);
        expect(await store.memory.search('after', { limit: 10 })).toEqual([memory('a', 'after', { kind: 'note' })]);
      }),
    );

    it(
      'forgets what it is told to',
      withStore(async ({ store }) => {
        await store.memory.put(memory('a', 'secret of the house'));
        await store.memory.forget('a');
        await store.memory.forget('never');
        expect(await store.memory.search('house', { limit: 10 })).toEqual([]);
        expect(await store.memory.thread('t-1', { limit: 10 })).toEqual([]);
      }),
    );

    it(
      'keeps a text of a megabyte',
      withStore(async ({ store }) => {
        const text = `needle ${'hay stack '.repeat(100_000)}`;
        await store.memory.put(memory('large', text));
        expect((await store.memory.search('needle', { limit: 1 }))[0]?.text).toBe(text);
      }),
    );
  });
}
