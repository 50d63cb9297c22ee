import type { BotStore } from '@autodevops/domain/ports/bot-store';

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
