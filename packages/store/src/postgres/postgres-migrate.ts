import { Client } from 'pg';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { checkHistory, migrationHash } from '../migration.ts';
import type { Migration } from '../migration.ts';
import { clientConfig } from './postgres-connection.ts';
import type { PostgresAddress } from './postgres-connection.ts';
import { postgresFault } from './postgres-fault.ts';
import { postgresMigrations } from './postgres-migrations.ts';
import { appliedMigrations } from './postgres-schema.ts';
import type { PostgresSchema } from './postgres-schema.ts';

export interface MigrateOptions {
  /** As the role that owns the tables: no other may change them. */
  readonly address: PostgresAddress;
  /** The role that the store runs as; it gets the rights that it needs and no more. */
  readonly runtimeRole: string;
  readonly migrations?: readonly Migration[];
}

const begin = (schema: string): string => `
CREATE SCHEMA IF NOT EXISTS ${schema};
CREATE TABLE IF NOT EXISTS ${schema}.migration (number integer PRIMARY KEY, name text NOT NULL, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());`;

/** Rows that are only ever added have no right to be changed. Of the outbox what is old may go; a trigger keeps its newest row. */
const rights = (role: string): string => `
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA autodevops FROM PUBLIC;
GRANT USAGE ON SCHEMA autodevops TO ${role};
GRANT SELECT ON autodevops.migration TO ${role};
GRANT SELECT, INSERT ON autodevops.journal_key, autodevops.journal_event, autodevops.audit, autodevops.audit_checkpoint, autodevops.outbox TO ${role};
GRANT DELETE ON autodevops.outbox TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON autodevops.spent_id TO ${role};
GRANT SELECT, INSERT, UPDATE ON autodevops.journal, autodevops.lease, autodevops.setting TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON autodevops.person, autodevops.account, autodevops.memory, autodevops.conversation, autodevops.conversation_turn TO ${role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA autodevops TO ${role};`;

/** The tables of an agent's store. */
export const agentSchema: PostgresSchema = { name: 'autodevops', migrations: postgresMigrations, rights };

async function requireUtf8(client: Client): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding');
  if (rows[0]?.server_encoding === 'UTF8') return;
  throw new AutoDevOpsError(
    'config.invalid',
    `The database keeps text as ${rows[0]?.server_encoding}, not as UTF-8.`,
    'Create it with ENCODING UTF8.',
  );
}

/** One transaction for each step: one that is broken off has done nothing, and the next run begins with it. */
async function apply(client: Client, schema: string, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(`INSERT INTO ${schema}.migration (number, name, hash) VALUES ($1, $2, $3)`, [
      migration.number,
      migration.name,
      migrationHash(migration),
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function bringUpToDate(
  client: Client,
  runtimeRole: string,
  { name, migrations, rights }: PostgresSchema,
): Promise<void> {
  await requireUtf8(client);
  await client.query("SET lock_timeout = '10s'");
  // Of the session: one of several that start at the same time does it, the others wait and find it done.
  await client.query("SELECT pg_advisory_lock(hashtextextended('autodevops.migrations', 0))");
  await client.query(begin(name));
  const done = await appliedMigrations(name, (sql) => client.query(sql));
  checkHistory('The database', done, migrations);
  for (const migration of migrations.slice(done.length)) await apply(client, name, migration);
  await client.query(rights(client.escapeIdentifier(runtimeRole)));
}

/** Makes or updates the tables of a schema and gives the runtime role its rights. Throws `store.newer`, `store.*`, `config.invalid`. */
export async function migrateSchema(
  { address, runtimeRole }: Omit<MigrateOptions, 'migrations'>,
  schema: PostgresSchema,
): Promise<void> {
  const client = new Client(clientConfig(address));
  client.on('error', () => undefined);
  try {
    await client.connect();
    await bringUpToDate(client, runtimeRole, schema);
  } catch (error) {
    throw postgresFault(error, false);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Those of an agent's store. */
export function migratePostgres({ migrations = postgresMigrations, ...options }: MigrateOptions): Promise<void> {
  return migrateSchema(options, { ...agentSchema, migrations });
}
