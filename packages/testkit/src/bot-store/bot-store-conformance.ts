import { describe } from 'vitest';
import { leasesConformance } from '../store/leases-conformance.ts';
import { claimingConformance } from './claiming-conformance.ts';
import { deadLettersConformance } from './dead-letters-conformance.ts';
import { deliveringConformance } from './delivering-conformance.ts';
import { fairnessConformance } from './fairness-conformance.ts';
import { hostileConformance } from './hostile-conformance.ts';
import { inboxConformance } from './inbox-conformance.ts';
import { installationsConformance } from './installations-conformance.ts';
import { notesConformance } from './notes-conformance.ts';
import { wantingConformance } from './wanting-conformance.ts';
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
