import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { postgresConnection } from '../../postgres/postgres-connection.ts';
import type { PostgresAddress } from '../../postgres/postgres-connection.ts';
import { postgresLeases } from '../../postgres/postgres-leases.ts';
import { requireSchema } from '../../postgres/postgres-schema.ts';
import { botSchema } from './postgres-bot-migrate.ts';
import { postgresChannels } from './postgres-channels.ts';
import { postgresInbox } from './postgres-inbox.ts';
import { postgresInstallations } from './postgres-installations.ts';
import { postgresMessages } from './postgres-messages.ts';
import { postgresNotes, postgresOneTimeValues } from './postgres-notes.ts';

export interface PostgresBotOptions {
  /** As the runtime role: neither a superuser nor the owner of the tables. */
  readonly address: PostgresAddress;
  /** Connections at a time. */
  readonly poolSize?: number;
}

/** Whose the leases are: the bot's, which serves every customer. */
const owner = 'autodevops-bot';

/** Opens what the bot keeps, after `migratePostgresBot`. Several replicas may have it open. Errors: see `Store`. */
export async function openPostgresBotStore({ address, poolSize = 10 }: PostgresBotOptions): Promise<BotStore> {
  const connection = postgresConnection({ address, customer: owner, poolSize, schema: botSchema.name });
  try {
    await connection.read((query) => requireSchema(query, botSchema));
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    inbox: postgresInbox(connection),
    messages: postgresMessages(connection),
    installations: postgresInstallations(connection),
    once: postgresOneTimeValues(connection),
    channels: postgresChannels(connection),
    notes: postgresNotes(connection),
    leases: postgresLeases(connection, botSchema.name),
    close: () => connection.close(),
  };
}
