import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Store } from '@autodevops/domain/ports/store';
import { changeJournal, incidentJournal } from '../journal/journal-kind.ts';
import { postgresAuditLog } from './postgres-audit-log.ts';
import { postgresConnection } from './postgres-connection.ts';
import type { PostgresAddress, PostgresConnection } from './postgres-connection.ts';
import { postgresConversations } from './postgres-conversations.ts';
import { postgresJournal } from './postgres-journal.ts';
import { postgresLeases } from './postgres-leases.ts';
import { postgresMemory } from './postgres-memory.ts';
import { agentSchema } from './postgres-migrate.ts';
import { postgresOutbox } from './postgres-outbox.ts';
import { postgresPeople } from './postgres-people.ts';
import { recordWriter } from './postgres-records.ts';
import { requireSchema } from './postgres-schema.ts';
import { postgresSettings } from './postgres-settings.ts';
import { postgresSpentIds } from './postgres-spent-ids.ts';

export interface PostgresOptions {
  /** As the runtime role: neither a superuser nor the owner of the tables. */
  readonly address: PostgresAddress;
  readonly customer: string;
  /** Connections at a time. */
  readonly poolSize?: number;
}

/** Opened, and checked to be what it has to be. */
export async function connectCustomer({
  address,
  customer,
  poolSize = 10,
}: PostgresOptions): Promise<PostgresConnection> {
  if (customer === '') throw new AutoDevOpsError('config.invalid', 'No customer is named.', 'Name whose store it is.');
  const connection = postgresConnection({ address, customer, poolSize });
  try {
    await connection.read((query) => requireSchema(query, agentSchema));
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Opens the store of one customer. Several processes may have it open. Errors: see `Store`. */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const connection = await connectCustomer(options);
  const writer = recordWriter(connection);
  return {
    changes: postgresJournal(connection, writer, changeJournal, options.customer),
    incidents: postgresJournal(connection, writer, incidentJournal, options.customer),
    audit: postgresAuditLog(connection, writer),
    leases: postgresLeases(connection),
    people: postgresPeople(connection),
    outbox: postgresOutbox(connection),
    settings: postgresSettings(connection),
    memory: postgresMemory(connection),
    conversations: postgresConversations(connection),
    spent: postgresSpentIds(connection),
    close: async () => {
      await writer.idle();
      await connection.close();
    },
  };
}
