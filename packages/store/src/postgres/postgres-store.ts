import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Store } from '@autodevops/domain/ports/store';
import { changeJournal, incidentJournal } from '../journal/journal-kind.ts';
import { checkHistory } from '../migration.ts';
import { postgresAuditLog } from './postgres-audit-log.ts';
import { postgresConnection } from './postgres-connection.ts';
import type { PostgresAddress, PostgresConnection, Query } from './postgres-connection.ts';
import { postgresConversations } from './postgres-conversations.ts';
import { postgresJournal } from './postgres-journal.ts';
import { postgresLeases } from './postgres-leases.ts';
import { postgresMemory } from './postgres-memory.ts';
import { appliedMigrations } from './postgres-migrate.ts';
import { postgresMigrations } from './postgres-migrations.ts';
import { postgresOutbox } from './postgres-outbox.ts';
import { postgresPeople } from './postgres-people.ts';
import { recordWriter } from './postgres-records.ts';
import { postgresSettings } from './postgres-settings.ts';

export interface PostgresOptions {
  /** As the runtime role: neither a superuser nor the owner of the tables. */
  readonly address: PostgresAddress;
  readonly customer: string;
  /** Connections at a time. */
  readonly poolSize?: number;
}

const roleSql = `
SELECT r.rolsuper OR r.rolbypassrls AS mighty, pg_has_role(c.relowner, 'MEMBER') AS owner
FROM pg_roles r, pg_class c WHERE r.rolname = current_user AND c.oid = to_regclass('autodevops.journal')`;

/** Row security binds nobody who may lift it. */
async function requireBoundRole(query: Query): Promise<void> {
  const [role] = await query(roleSql);
  if (role === undefined) throw new AutoDevOpsError('config.invalid', 'The database has no tables of this program yet.', 'Run the migrations as the owner of the database.');
  if (role['mighty'] !== true && role['owner'] !== true) return;
  throw new AutoDevOpsError('config.invalid', 'The store may not run as a superuser or as the owner of its tables: nothing would keep customers apart then.', 'Connect as the runtime role that the migrations gave rights to.');
}

async function requireSchema(query: Query): Promise<void> {
  const done = await appliedMigrations(async (sql) => ({ rows: await query(sql) }));
  checkHistory('The database', done, postgresMigrations);
  if (done.length === postgresMigrations.length) return;
  throw new AutoDevOpsError('config.invalid', `The database has the tables of an older version (schema ${done.length}; this version needs ${postgresMigrations.length}).`, 'Run the migrations as the owner of the database.');
}

/** Opened, and checked to be what it has to be. */
export async function connectCustomer({ address, customer, poolSize = 10 }: PostgresOptions): Promise<PostgresConnection> {
  if (customer === '') throw new AutoDevOpsError('config.invalid', 'No customer is named.', 'Name whose store it is.');
  const connection = postgresConnection({ address, customer, poolSize });
  try {
    await connection.read(requireBoundRole);
    await connection.read(requireSchema);
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
    changes: postgresJournal(connection, writer, changeJournal),
    incidents: postgresJournal(connection, writer, incidentJournal),
    audit: postgresAuditLog(connection, writer),
    leases: postgresLeases(connection),
    people: postgresPeople(connection),
    outbox: postgresOutbox(connection),
    settings: postgresSettings(connection),
    memory: postgresMemory(connection),
    conversations: postgresConversations(connection),
    close: async () => {
      await writer.idle();
      await connection.close();
    },
  };
}
