import type { KeyObject } from 'node:crypto';
import type { AuditCheckpoint, AuditEntry } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { entryTexts } from '../audit/audit-chain.ts';
import { writeBackup } from '../backup/backup-file.ts';
import type { BackupSummary } from '../backup/backup-file.ts';
import { checkRows } from '../backup/check-rows.ts';
import type { StoreCheck } from '../backup/check-rows.ts';
import { restoreRows } from '../backup/restore.ts';
import type { RestoreOptions } from '../backup/restore.ts';
import { parseCheckpoint } from '../stored-json.ts';
import type { PostgresConnection, Query } from './postgres-connection.ts';
import { postgresRows, putPostgresRow } from './postgres-rows.ts';
import { connectCustomer } from './postgres-store.ts';
import type { PostgresOptions } from './postgres-store.ts';

async function connected<T>(options: PostgresOptions, use: (connection: PostgresConnection) => Promise<T>): Promise<T> {
  const connection = await connectCustomer({ ...options, poolSize: 1 });
  return use(connection).finally(() => connection.close());
}

export interface PostgresBackupOptions extends PostgresOptions {
  /** Where the backup goes: a name that is free. */
  readonly to: string;
  /** ISO 8601. */
  readonly time: string;
  /** An Ed25519 private key that vouches for it. */
  readonly key?: KeyObject;
}

/** Writes all that is remembered for the customer into a file, as it is at one moment. Others may write meanwhile. */
export function backupPostgres(options: PostgresBackupOptions): Promise<BackupSummary> {
  const { customer, to, time, key } = options;
  return connected(options, (connection) =>
    connection.snapshot((query) =>
      writeBackup({ file: to, customer, time, readRows: postgresRows(query), ...(key === undefined ? {} : { key }) }),
    ),
  );
}

/** Looks through everything that is remembered for the customer. */
export function checkPostgres(
  options: PostgresOptions & { readonly checkpoints?: readonly AuditCheckpoint[] },
): Promise<StoreCheck> {
  return connected(options, (connection) =>
    connection.snapshot(async (query) => {
      const kept = (await query('SELECT checkpoint FROM autodevops.audit_checkpoint ORDER BY number')).map((row) =>
        parseCheckpoint(String(row['checkpoint'])),
      );
      return checkRows(postgresRows(query), [...kept, ...(options.checkpoints ?? [])]);
    }),
  );
}

const anything = [
  'journal',
  'audit',
  'audit_checkpoint',
  'outbox',
  'lease',
  'person',
  'setting',
  'memory',
  'conversation',
]
  .map((table) => `EXISTS (SELECT 1 FROM autodevops.${table})`)
  .join(' OR ');

async function requireEmpty(query: Query, customer: string): Promise<void> {
  const [row] = await query(`SELECT ${anything} AS filled`);
  if (row?.['filled'] !== true) return;
  throw new AutoDevOpsError(
    'output.failed',
    `Something is remembered for the customer ${customer} already; nothing was restored.`,
    'Restore into a database or for a customer without anything.',
  );
}

export interface RestorePostgresOptions extends PostgresOptions, RestoreOptions {
  /** Recorded in the store behind what was restored (`STO001`). */
  readonly audit?: AuditEntry;
}

/** Fills the store of a customer who has nothing yet from a backup: all of it or nothing. */
export function restorePostgres(options: RestorePostgresOptions): Promise<BackupSummary> {
  return connected(options, (connection) =>
    connection.write(async (query) => {
      await requireEmpty(query, options.customer);
      const summary = await restoreRows(
        options,
        (row) => putPostgresRow(query, options.customer, row),
        postgresRows(query),
      );
      if (options.audit !== undefined) await query('SELECT autodevops.append_audit($1)', entryTexts([options.audit]));
      return summary;
    }),
  );
}
