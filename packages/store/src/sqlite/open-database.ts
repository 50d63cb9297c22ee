import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { Migration } from '../migration.ts';
import type { OpenDriver, SqliteDriver } from './driver/driver.ts';
import { migrate } from './migrations/migrate.ts';
import { patiently } from './patience.ts';
import { sqliteFault } from './sqlite-fault.ts';

export interface OpenDatabase {
  readonly file: string;
  readonly customer: string;
  readonly open: OpenDriver;
  readonly migrations: readonly Migration[];
  readonly busyMilliseconds: number;
  /** The file grows to this at most, in bytes. */
  readonly maxBytes?: number;
}

/** Every file up to this size is looked through when it is opened, in bytes: about a quarter of a second. */
const checkedUpTo = 64 * 1024 * 1024;

/** Made with rights for its owner alone; SQLite gives its side files the same. */
function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function systemFault(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new AutoDevOpsError(
      'store.read-only',
      `${file} cannot be made.`,
      'Give the user of this process the right to write the folder.',
      { cause: error },
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AutoDevOpsError('store.full', `There is no room left for ${file}.`, 'Free disk space, then try again.', {
      cause: error,
    });
  }
  if (code !== undefined && /^E[A-Z]+$/.test(code)) {
    return new AutoDevOpsError(
      'store.unavailable',
      `${file} cannot be opened (${code}).`,
      'Name a file in a folder that exists.',
      { cause: error },
    );
  }
  return error;
}

function setUp(driver: SqliteDriver, maxBytes: number | undefined): void {
  driver.exec('PRAGMA journal_mode = WAL');
  // FULL: a commit is on the disk when it is done, even if the power fails then. Whoever flushes by himself asks for less.
  driver.exec(
    'PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON',
  );
  driver.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 33554432');
  if (maxBytes === undefined) return;
  const pageSize = Number(driver.prepare('PRAGMA page_size').get()?.['page_size']);
  driver.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / pageSize))}`);
}

function lookThrough(driver: SqliteDriver, file: string): void {
  if (statSync(file).size > checkedUpTo) return;
  const [first] = driver.prepare('PRAGMA quick_check(1)').all();
  if (first?.['quick_check'] === 'ok') return;
  throw new AutoDevOpsError(
    'store.corrupt',
    `${file} is damaged.`,
    remedy`Restore the newest backup: ${{ do: 'restore-store' }}.`,
  );
}

/** A file is one customer's: the first who opens it names whose. */
function belongsTo(driver: SqliteDriver, { file, customer }: OpenDatabase): void {
  driver.prepare('INSERT INTO store (customer) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM store)').run(customer);
  const owner = driver.prepare('SELECT customer FROM store').get()?.['customer'];
  if (owner === customer) return;
  throw new AutoDevOpsError(
    'config.invalid',
    `${file} is the store of another customer.`,
    'Name the file of this customer, or a new one.',
  );
}

/** Throws `store.*` errors; then nothing is left open. */
export async function openDatabase(options: OpenDatabase): Promise<SqliteDriver> {
  const file = resolve(options.file);
  let driver: SqliteDriver | undefined;
  try {
    makeFile(file);
    const opened = options.open(file, { readOnly: false });
    driver = opened;
    await patiently(options.busyMilliseconds, () => setUp(opened, options.maxBytes));
    await patiently(options.busyMilliseconds, () => lookThrough(opened, file));
    await migrate(opened, { file, known: options.migrations, busyMilliseconds: options.busyMilliseconds });
    await patiently(options.busyMilliseconds, () => belongsTo(opened, options));
    return driver;
  } catch (error) {
    driver?.close();
    throw systemFault(sqliteFault(error, file), file);
  }
}
