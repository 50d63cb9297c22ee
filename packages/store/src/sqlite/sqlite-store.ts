import { resolve } from 'node:path';
import type { Store } from '@autodevops/domain/ports/store';
import { changeJournal, incidentJournal } from '../journal/journal-kind.ts';
import type { Migration } from '../migration.ts';
import type { OpenDriver } from './driver/driver.ts';
import { loadDriver } from './driver/load-driver.ts';
import { sqliteMigrations } from './migrations/migrations.ts';
import { openDatabase } from './open-database.ts';
import { sqliteAuditLog } from './sqlite-audit-log.ts';
import { sqliteConversations } from './sqlite-conversations.ts';
import { sqliteConnection } from './sqlite-connection.ts';
import { sqliteJournal } from './sqlite-journal.ts';
import { sqliteLeases } from './sqlite-leases.ts';
import type { Clock } from './sqlite-leases.ts';
import { sqliteMemory } from './sqlite-memory.ts';
import { sqliteOutbox } from './sqlite-outbox.ts';
import { sqlitePeople } from './sqlite-people.ts';
import { sqliteSettings } from './sqlite-settings.ts';
import { sqliteSpentIds } from './sqlite-spent-ids.ts';

export interface SqliteOptions {
  /** Made when it is not there, for its owner alone. */
  readonly file: string;
  /** Whose store it is; a file stays the first one's. */
  readonly customer?: string;
  /** How long to wait for another process that writes. */
  readonly busyMilliseconds?: number;
  /** The file grows to this at most, in bytes; then `store.full`. */
  readonly maxBytes?: number;
  /** For leases. */
  readonly now?: Clock;
  /** For tests: another way to SQLite, another history of the schema. */
  readonly driver?: OpenDriver;
  readonly migrations?: readonly Migration[];
}

/** Opens the store in a file, and makes or updates it first. Several processes may have it open. Errors: see `Store`. */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const {
    customer = 'local',
    busyMilliseconds = 5000,
    now = Date.now,
    migrations = sqliteMigrations,
    maxBytes,
  } = options;
  const file = resolve(options.file);
  const open = options.driver ?? (await loadDriver());
  const driver = await openDatabase({
    file,
    customer,
    open,
    migrations,
    busyMilliseconds,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
  const connection = sqliteConnection({ file, driver, busyMilliseconds });
  return {
    changes: sqliteJournal(connection, changeJournal, now),
    incidents: sqliteJournal(connection, incidentJournal, now),
    audit: sqliteAuditLog(connection),
    leases: sqliteLeases(connection, now),
    people: sqlitePeople(connection),
    outbox: sqliteOutbox(connection),
    settings: sqliteSettings(connection),
    memory: sqliteMemory(connection),
    conversations: sqliteConversations(connection),
    spent: sqliteSpentIds(connection, now),
    close: () => connection.close(),
  };
}
