import { describe } from 'vitest';
import { leasesConformance } from '../store-conformance-leases.ts';
import { claimingConformance } from './bot-store-conformance-claiming.ts';
import { deadLettersConformance } from './bot-store-conformance-dead-letters.ts';
import { deliveringConformance } from './bot-store-conformance-delivering.ts';
import { fairnessConformance } from './bot-store-conformance-fairness.ts';
import { hostileConformance } from './bot-store-conformance-hostile.ts';
import { inboxConformance } from './bot-store-conformance-inbox.ts';
import { installationsConformance } from './bot-store-conformance-installations.ts';
import { notesConformance } from './bot-store-conformance-notes.ts';
import { wantingConformance } from './bot-store-conformance-wanting.ts';
import type { BotStoreConformanceSetting, WithBotStore } from './with-bot-store.ts';

/** Every adapter of the BotStore port behaves so. */
export function botStoreConformance(adapter: string, setting: BotStoreConformanceSetting): void {
  const withStore: WithBotStore = (use) => async () => {
    const opened = await setting.open();
    try {
      await use(opened);
    } finally {
      await opened.close();
    }
  };
  describe(`${adapter} as a BotStore`, () => {
    inboxConformance(withStore);
    wantingConformance(withStore);
    claimingConformance(withStore);
    deliveringConformance(withStore);
    deadLettersConformance(withStore);
    fairnessConformance(withStore);
    installationsConformance(withStore);
    notesConformance(withStore);
    hostileConformance(withStore);
    leasesConformance(withStore);
  });
}
