import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
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
import type { OpenDriver, SqliteDriver } from './driver/driver.ts';
import { loadDriver } from './driver/load-driver.ts';
import { sqliteMigrations } from './migrations/migrations.ts';
import { openDatabase } from './open-database.ts';
import { patiently } from './patience.ts';
import { appendAudit } from './sqlite-audit-log.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { putRow, sqliteRows } from './sqlite-rows.ts';
import { statements, text } from './statements.ts';
import type { Statements } from './statements.ts';

export interface SqliteFile {
  /** The store. */
  readonly file: string;
  readonly driver?: OpenDriver;
}

export interface BackupOptions extends SqliteFile {
  /** Where the backup goes: a name that is free. */
  readonly to: string;
  /** ISO 8601. */
  readonly time: string;
  /** An Ed25519 private key that vouches for it. */
  readonly key?: KeyObject;
}

const busyMilliseconds = 5000;
/** More of SQLite's own complaints are not told. */
const mostComplaints = 5;

function requireStore(file: string): void {
  if (!existsSync(file)) {
    throw new AutoDevOpsError('store.unavailable', `${file} does not exist.`, 'Name the file of a store.');
  }
}

/** On a connection of its own, which sees one moment for as long as it reads. Others may write meanwhile. */
async function atOneMoment<T>(
  { file, driver }: SqliteFile,
  use: (db: Statements, opened: SqliteDriver) => Promise<T>,
): Promise<T> {
  const path = resolve(file);
  requireStore(path);
  const open = driver ?? (await loadDriver());
  let opened: SqliteDriver | undefined;
  try {
    const connection = open(path, { readOnly: true });
    opened = connection;
    connection.exec('BEGIN');
    await patiently(busyMilliseconds, () => connection.prepare('SELECT count(*) FROM sqlite_schema').get());
    return await use(statements(connection), connection);
  } catch (error) {
    throw sqliteFault(error, path);
  } finally {
    opened?.close();
  }
}

/** Writes all that the store remembers into a file. The store may be in use. */
export function backupSqlite(options: BackupOptions): Promise<BackupSummary> {
  const { to, time, key } = options;
  return atOneMoment(options, (db) => {
    const customer = text(db.get('SELECT customer FROM store'), 'customer');
    return writeBackup({ file: to, customer, time, readRows: sqliteRows(db), ...(key === undefined ? {} : { key }) });
  });
}

function complaints(db: Statements): readonly string[] {
  const found = db
    .all(`PRAGMA integrity_check(${mostComplaints})`)
    .map((row) => text(row, 'integrity_check'))
    .filter((says) => says !== 'ok');
  const loose = db.all('PRAGMA foreign_key_check').length;
  return [
    ...found.map((says) => `The file is damaged: ${says}.`),
    ...(loose === 0 ? [] : [`${loose} rows belong to rows that are not there.`]),
  ];
}

/**
 * Looks through the file and everything that is in it. `checkpoints` of a second place show a cut end; those in the
 * store itself are compared too.
 */
export function checkSqlite(
  options: SqliteFile & { readonly checkpoints?: readonly AuditCheckpoint[] },
): Promise<StoreCheck> {
  return atOneMoment(options, async (db) => {
    const findings = complaints(db);
    const kept = db
      .all('SELECT checkpoint FROM audit_checkpoint ORDER BY number')
      .map((row) => parseCheckpoint(text(row, 'checkpoint')));
    const rows = await checkRows(sqliteRows(db), [...kept, ...(options.checkpoints ?? [])]);
    return { ...rows, sound: rows.sound && findings.length === 0, findings: [...findings, ...rows.findings] };
  });
}

export interface RestoreSqliteOptions extends Omit<RestoreOptions, 'customer'>, SqliteFile {
  readonly customer?: string;
  /** Recorded in the store behind what was restored (`STO001`). */
  readonly audit?: AuditEntry;
}

function requireFree(file: string): void {
  const taken = ['', '-wal', '-shm'].map((end) => `${file}${end}`).find((path) => existsSync(path));
  if (taken === undefined) return;
  throw new AutoDevOpsError(
    'output.failed',
    `${taken} is there already; nothing was restored.`,
    'Move what is there away first, with the files ending in -wal and -shm beside it.',
  );
}

function removeStore(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

async function restoreInto(
  driver: SqliteDriver,
  options: RestoreOptions,
  audit: AuditEntry | undefined,
): Promise<BackupSummary> {
  const db = statements(driver);
  driver.exec('BEGIN IMMEDIATE');
  const summary = await restoreRows(options, async (row) => putRow(db, row), sqliteRows(db));
  if (audit !== undefined) appendAudit(db, entryTexts([audit]));
  driver.exec('COMMIT');
  driver.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return summary;
}

/** Makes a store from a backup. It has its name only when it is whole; a file that is there already is never touched. */
export async function restoreSqlite(options: RestoreSqliteOptions): Promise<BackupSummary> {
  const [file, customer] = [resolve(options.file), options.customer ?? 'local'];
  requireFree(file);
  const part = `${file}.${process.pid}.part`;
  const driver = await openDatabase({
    file: part,
    customer,
    open: options.driver ?? (await loadDriver()),
    migrations: sqliteMigrations,
    busyMilliseconds,
  });
  try {
    const summary = await restoreInto(driver, { ...options, customer }, options.audit);
    driver.close();
    requireFree(file);
    renameSync(part, file);
    return summary;
  } catch (error) {
    driver.close();
    throw sqliteFault(error, file);
  } finally {
    removeStore(part);
  }
}
