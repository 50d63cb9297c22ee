import { AutoDevOpsError } from '@autodevops/domain/errors';
import { checkHistory, migrationHash } from '../../migration.ts';
import type { AppliedMigration, Migration } from '../../migration.ts';
import type { SqliteDriver } from '../driver/driver.ts';
import { patiently } from '../patience.ts';

/** Tells our files from those of other programs: the letters ADOP, kept in the file's header. */
const applicationId = 0x41444f50;

function isOurs(driver: SqliteDriver): boolean {
  return Number(driver.prepare('PRAGMA application_id').get()?.['application_id']) === applicationId;
}

function isEmpty(driver: SqliteDriver): boolean {
  return Number(driver.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables']) === 0;
}

function applied(driver: SqliteDriver): readonly AppliedMigration[] {
  const rows = driver.prepare('SELECT number, name, hash FROM migration ORDER BY number').all();
  return rows.map((row) => ({ number: Number(row['number']), name: String(row['name']), hash: String(row['hash']) }));
}

/** One transaction: a process that is killed in it has done nothing, and the next one begins where this one began. */
function inTransaction<T>(driver: SqliteDriver, work: () => T): T {
  driver.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    driver.exec('COMMIT');
    return result;
  } catch (error) {
    if (driver.inTransaction) driver.exec('ROLLBACK');
    throw error;
  }
}

function begin(driver: SqliteDriver): void {
  if (isOurs(driver)) return;
  driver.exec(
    'CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT',
  );
  driver.exec(`PRAGMA application_id = ${applicationId}`);
}

/** Applies the next step that is missing. False when there is none. Looks again inside the transaction: another process may have been faster. */
function applyNext(driver: SqliteDriver, file: string, known: readonly Migration[]): boolean {
  return inTransaction(driver, () => {
    const done = applied(driver);
    checkHistory(file, done, known);
    const next = known[done.length];
    if (next === undefined) return false;
    driver.exec(next.sql);
    driver
      .prepare('INSERT INTO migration (number, name, hash, applied_at) VALUES (?, ?, ?, ?)')
      .run(next.number, next.name, migrationHash(next), new Date().toISOString());
    return true;
  });
}

/** Brings the schema up to date. Throws `store.newer`, and `store.corrupt` for what this program did not make. */
export async function migrate(
  driver: SqliteDriver,
  {
    file,
    known,
    busyMilliseconds,
  }: { readonly file: string; readonly known: readonly Migration[]; readonly busyMilliseconds: number },
): Promise<void> {
  if (!(await patiently(busyMilliseconds, () => isOurs(driver)))) {
    if (!isEmpty(driver) && !isOurs(driver)) {
      throw new AutoDevOpsError('store.corrupt', `${file} is a database of another program.`, 'Name another file.');
    }
    await patiently(busyMilliseconds, () => inTransaction(driver, () => begin(driver)));
  }
  const done = await patiently(busyMilliseconds, () => applied(driver));
  checkHistory(file, done, known);
  if (done.length === known.length) return;
  while (await patiently(busyMilliseconds, () => applyNext(driver, file, known))) {
    // Step by step.
  }
}
