import type { Store } from '@autodevops/domain/ports/store';
import type { Configuration } from '../configuration/configuration.ts';
import { storePlace } from '../configuration/store-place.ts';

/** Opens the store that a configuration names; only its own driver is loaded. Throws `store.*`. */
export async function openConfiguredStore(configuration: Configuration, folder: string): Promise<Store> {
  const { customer } = configuration;
  const place = storePlace(configuration, folder);
  if (place.kind === 'sqlite') {
    return await (await import('@autodevops/store/sqlite')).openSqliteStore({ file: place.file, customer });
  }
  return await (
    await import('@autodevops/store/postgres')
  ).openPostgresStore({ address: { connectionString: place.connectionString }, customer });
}
