import type { Journal, JournalRecord, Store } from '@autodevops/domain/ports/store';

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** In milliseconds: how long what another process wrote waits to be seen; and between two looks, however much is written here. */
const beat = 300;
const shortest = 20;

/** That something was written for those who follow. */
export interface OutboxNews {
  /** Rises with each write of this process. */
  readonly version: () => number;
  /** Until it is another one than that, or for a beat, since other processes write too. */
  readonly changed: (since: number, signal: AbortSignal) => Promise<void>;
}

export function outboxNews(wait: Wait): OutboxNews & { readonly written: () => void } {
  let version = 0;
  const waiting = new Set<() => void>();
  return {
    version: () => version,
    written: () => {
      version += 1;
      for (const wake of waiting) wake();
    },
    changed: async (since, signal) => {
      if (version !== since) return await wait(shortest, signal);
      let wake = (): void => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      waiting.add(wake);
      try {
        await Promise.race([woken, wait(beat, signal)]);
      } finally {
        waiting.delete(wake);
      }
    },
  };
}

function tellingJournal<Event>(journal: Journal<Event>, written: () => void): Journal<Event> {
  const tell = (records: readonly JournalRecord<Event>[]): void => {
    if (records.some(({ outbox }) => outbox.length > 0)) written();
  };
  return {
    append: async (record) => {
      await journal.append(record);
      tell([record]);
    },
    appendAll: async (records) => {
      await journal.appendAll(records);
      tell(records);
    },
    read: async (id, after) => await journal.read(id, after),
    list: async (options) => await journal.list(options),
    byKey: async (key) => await journal.byKey(key),
  };
}

/** The same store, which tells when something was written for those who follow. */
export function tellingStore(store: Store, written: () => void): Store {
  const { settings } = store;
  return {
    changes: tellingJournal(store.changes, written),
    incidents: tellingJournal(store.incidents, written),
    settings: {
      get: async (name) => await settings.get(name),
      put: async (name, value, audit, outbox = []) => {
        await settings.put(name, value, audit, outbox);
        if (outbox.length > 0) written();
      },
      swap: async (name, was, value, audit, outbox = []) => {
        await settings.swap(name, was, value, audit, outbox);
        if (outbox.length > 0) written();
      },
    },
    audit: store.audit,
    leases: store.leases,
    people: store.people,
    outbox: store.outbox,
    memory: store.memory,
    conversations: store.conversations,
    spent: store.spent,
    close: async () => await store.close(),
  };
}
