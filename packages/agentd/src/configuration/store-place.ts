import { dirname, resolve } from 'node:path';
import type { Configuration } from './configuration.ts';

/** Where an agent's store is: a file, or the address of a database. */
export type StorePlace =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly connectionString: string };

const scheme = 'sqlite://';

/** The store that a configuration names; files are relative to the folder. */
export function storePlace(
  {
    agents: {
      jamie: { memory },
    },
  }: Configuration,
  folder: string,
): StorePlace {
  return memory.startsWith(scheme)
    ? { kind: 'sqlite', file: resolve(folder, memory.slice(scheme.length)) }
    : { kind: 'postgres', connectionString: memory };
}

/** The folder of what an agent keeps beside its store: that of the store's file, or its own. */
export function storeFolder(configuration: Configuration, folder: string): string {
  const place = storePlace(configuration, folder);
  return place.kind === 'sqlite' ? dirname(place.file) : folder;
}
