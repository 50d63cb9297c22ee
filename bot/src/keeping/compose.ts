import { resolve } from 'node:path';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { BotConfiguration } from '../configuration/bot-configuration.ts';
import type { Secrets } from '../configuration/secret-source.ts';

/** Opens the store that the configuration names; only its own driver is loaded. Throws `store.*`. */
export async function openBotStore({ store }: BotConfiguration, folder: string, secrets: Secrets): Promise<BotStore> {
  if (store.kind === 'sqlite') {
    return await (
      await import('@autodevops/store/bot-sqlite')
    ).openSqliteBotStore({ file: resolve(folder, store.file) });
  }
  return await (
    await import('@autodevops/store/bot-postgres')
  ).openPostgresBotStore({ address: { connectionString: await secrets.read(store.address) } });
}
