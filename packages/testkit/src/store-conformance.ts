import { describe } from 'vitest';
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
import type { StoreConformanceSetting, WithStore } from './with-store.ts';

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
