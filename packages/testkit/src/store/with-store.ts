import type { Store } from '@autodevops/domain/ports/store';

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
