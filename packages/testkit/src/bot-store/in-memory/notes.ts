import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Notes, OneTimeValues } from '@autodevops/domain/ports/bot-store';
import { copied } from '../../store/in-memory/state.ts';
import { conflict, instant } from './state.ts';
import type { BotSession } from './state.ts';

export function notesIn({ state, write }: BotSession): Notes {
  const of = (customer: string): Map<string, unknown> => state.notes.get(customer) ?? new Map<string, unknown>();
  return {
    get: async (customer, name) => copied(of(customer).get(name)),
    swap: (customer, name, was, value) =>
      write('notes', () => {
        const notes = of(customer);
        const [present, expected] = [notes.get(name), was].map((one) =>
          one === undefined ? undefined : canonicalJson(one),
        );
        if (present !== expected) throw conflict(`The note ${name} was written meanwhile.`);
        state.notes.set(customer, notes.set(name, copied(value ?? null)));
      }),
    list: async (customer, prefix) =>
      [...of(customer)]
        .filter(([name]) => name.startsWith(prefix))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => ({ name, value: copied(value) })),
    remove: (customer, name) => write('notes', () => void of(customer).delete(name)),
  };
}

export function onceIn({ state, write }: BotSession): OneTimeValues {
  return {
    put: (hash, data, until) =>
      write('once', () => void state.once.set(hash, { data: copied(data), until: instant(until) })),
    take: (hash, now) =>
      write('once', () => {
        const time = instant(now);
        const known = state.once.get(hash);
        for (const [other, { until }] of state.once) if (other === hash || until <= time) state.once.delete(other);
        return known === undefined || known.until <= time ? undefined : known.data;
      }),
  };
}
