import { describe } from 'vitest';
import { auditConformance } from './audit-conformance.ts';
import { concurrencyConformance } from './concurrency-conformance.ts';
import { conversationsConformance } from './conversations-conformance.ts';
import { journalConformance } from './journal-conformance.ts';
import { leasesConformance } from './leases-conformance.ts';
import { memoryConformance } from './memory-conformance.ts';
import { peopleConformance } from './people-conformance.ts';
import { retentionConformance } from './retention-conformance.ts';
import { spentIdsConformance } from './spent-ids-conformance.ts';
import { settingsConformance } from './settings-conformance.ts';
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
