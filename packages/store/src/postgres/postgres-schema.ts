import { AutoDevOpsError } from '@autodevops/domain/errors';
import { checkHistory } from '../migration.ts';
import type { AppliedMigration, Migration } from '../migration.ts';
import type { Query } from './postgres-connection.ts';

/** Tables that are made, checked and used by themselves, in a schema of their own. */
export interface PostgresSchema {
  /** Of the schema in the database; part of this program, never what somebody says. */
  readonly name: string;
  readonly migrations: readonly Migration[];
  /** What gives a role the rights to use the tables. The role is quoted already. */
  readonly rights: (role: string) => string;
}

export async function appliedMigrations(
  schema: string,
  query: (sql: string) => Promise<{ rows: readonly Record<string, unknown>[] }>,
): Promise<readonly AppliedMigration[]> {
  const { rows } = await query(`SELECT number, name, hash FROM ${schema}.migration ORDER BY number`);
  return rows.map((row) => ({ number: Number(row['number']), name: String(row['name']), hash: String(row['hash']) }));
}

const roleSql = (schema: string): string => `
SELECT r.rolsuper OR r.rolbypassrls AS mighty, pg_has_role(c.relowner, 'MEMBER') AS owner
FROM pg_roles r, pg_class c WHERE r.rolname = current_user AND c.oid = to_regclass('${schema}.migration')`;

/** Rights and row security bind nobody who may lift them. */
async function requireBoundRole(query: Query, schema: string): Promise<void> {
  const [role] = await query(roleSql(schema));
  if (role === undefined) {
    throw new AutoDevOpsError(
      'config.invalid',
      'The database has no tables of this program yet.',
      'Run the migrations as the owner of the database.',
    );
  }
  if (role['mighty'] !== true && role['owner'] !== true) return;
  throw new AutoDevOpsError(
    'config.invalid',
    'The store may not run as a superuser or as the owner of its tables: nothing would keep customers apart then.',
    'Connect as the runtime role that the migrations gave rights to.',
  );
}

/** Throws `config.invalid` unless the tables are those of this version and the role is one that they bind. */
export async function requireSchema(query: Query, { name, migrations }: PostgresSchema): Promise<void> {
  await requireBoundRole(query, name);
  const done = await appliedMigrations(name, async (sql) => ({ rows: await query(sql) }));
  checkHistory('The database', done, migrations);
  if (done.length === migrations.length) return;
  throw new AutoDevOpsError(
    'config.invalid',
    `The database has the tables of an older version (schema ${done.length}; this version needs ${migrations.length}).`,
    'Run the migrations as the owner of the database.',
  );
}
