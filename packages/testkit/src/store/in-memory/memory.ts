import type { Memory, MemoryEntry } from '@autodevops/domain/ports/store';
import { copied } from './state.ts';
import type { Session } from './state.ts';
import { wordsOf } from './words.ts';

export function memoryIn({ state, write }: Session): Memory {
  return {
    put: (entry) =>
      write('memory', () => {
        state.memory.delete(entry.id);
        state.memory.set(entry.id, copied(entry));
      }),
    search: async (text, { limit, kind }) => {
      const wanted = wordsOf(text);
      const score = (entry: MemoryEntry): number => [...wordsOf(entry.text)].filter((word) => wanted.has(word)).length;
      const found = [...state.memory.values()]
        .toReversed()
        .filter((entry) => (kind === undefined || entry.kind === kind) && score(entry) > 0);
      return copied(found.toSorted((a, b) => score(b) - score(a)).slice(0, limit));
    },
    thread: async (thread, { limit }) => {
      const lines = [...state.memory.values()]
        .filter((entry) => entry.thread === thread)
        .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
      return copied(limit === 0 ? [] : lines.slice(-limit));
    },
    forget: (id) => write('memory', () => void state.memory.delete(id)),
    prune: ({ before, kinds, limit }) =>
      write('memory', () => {
        const over = [...state.memory.values()]
          .filter(({ time, kind }) => time < before && kinds.includes(kind))
          .toSorted((a, b) => (a.time < b.time ? -1 : 1))
          .slice(0, limit);
        for (const { id } of over) state.memory.delete(id);
        return over.length;
      }),
  };
}
