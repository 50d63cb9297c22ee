import { describe } from 'vitest';
import type { Store } from '@autodevops/domain/ports/store';
import { auditConformance } from './store-conformance-audit.ts';
import { concurrencyConformance } from './store-conformance-concurrency.ts';
import { conversationsConformance } from './store-conformance-conversations.ts';
import { journalConformance } from './store-conformance-journal.ts';
import { leasesConformance } from './store-conformance-leases.ts';
import { memoryConformance } from './store-conformance-memory.ts';
import { peopleConformance } from './store-conformance-people.ts';
import { retentionConformance } from './store-conformance-retention.ts';
import { spentIdsConformance } from './store-conformance-spent-ids.ts';
import { settingsConformance } from './store-conformance-settings.ts';

/** The remembered of one customer, opened as often as wanted: by two processes, or again after a restart. */
export interface OpenedStore {
  readonly store: Store;
  /** Another handle on the same customer's data. */
  again(): Promise<Store>;
  /** Closes every handle. */
  close(): Promise<void>;
}

export interface StoreConformanceSetting {
  /** Opens the empty store of another customer with every call. */
  readonly open: () => Promise<OpenedStore>;
}

/** Gives a test an empty store and closes it, however the test ends. */
export type WithStore = (use: (opened: OpenedStore) => Promise<void>) => () => Promise<void>;

/** Every adapter of the Store port behaves so. */
export function storeConformance(adapter: string, setting: StoreConformanceSetting): void {
  const withStore: WithStore = (use) => async () => {
    const opened = await setting.open();
    try {
      await use(opened);
    } finally {
      await opened.close();
    }
  };
  describe(`${adapter} as a Store`, () => {
    journalConformance(withStore);
    auditConformance(withStore);
    leasesConformance(withStore);
    peopleConformance(withStore);
    settingsConformance(withStore);
    memoryConformance(withStore);
    conversationsConformance(withStore);
    retentionConformance(withStore);
    spentIdsConformance(withStore);
    concurrencyConformance(withStore);
  });
}
