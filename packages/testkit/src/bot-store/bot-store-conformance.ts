import { describe } from 'vitest';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
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

/** What one bot keeps, opened as often as wanted: by two replicas, or again after a restart. */
export interface OpenedBotStore {
  readonly store: BotStore;
  /** Another handle on the same data. */
  again(): Promise<BotStore>;
  /** Closes every handle. */
  close(): Promise<void>;
}

export interface BotStoreConformanceSetting {
  /** Opens an empty store with every call; never two at a time. */
  readonly open: () => Promise<OpenedBotStore>;
}

/** Gives a test an empty store and closes it, however the test ends. */
export type WithBotStore = (use: (opened: OpenedBotStore) => Promise<void>) => () => Promise<void>;

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
