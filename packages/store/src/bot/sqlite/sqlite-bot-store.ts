import { resolve } from 'node:path';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { OpenDriver } from '../../sqlite/driver/driver.ts';
import { loadDriver } from '../../sqlite/driver/load-driver.ts';
import { openDatabase } from '../../sqlite/open-database.ts';
import { sqliteConnection } from '../../sqlite/sqlite-connection.ts';
import { sqliteLeases } from '../../sqlite/sqlite-leases.ts';
import type { Clock } from '../../sqlite/sqlite-leases.ts';
import { sqliteBotMigrations } from './sqlite-bot-tables.ts';
import { sqliteChannels } from './sqlite-channels.ts';
import { sqliteInbox } from './sqlite-inbox.ts';
import { sqliteInstallations } from './sqlite-installations.ts';
import { sqliteMessages } from './sqlite-messages.ts';
import { sqliteNotes } from './sqlite-notes.ts';
import { sqliteOneTimeValues } from './sqlite-one-time-values.ts';

export interface SqliteBotOptions {
  /** Made when it is not there, for its owner alone; another one than an agent's. */
  readonly file: string;
  /** How long to wait for another process that writes. */
  readonly busyMilliseconds?: number;
  /** The file grows to this at most, in bytes; then `store.full`. */
  readonly maxBytes?: number;
  /** For holds and leases. */
  readonly now?: Clock;
  /** For tests: another way to SQLite. */
  readonly driver?: OpenDriver;
}

/** Whose file it is: the bot's, which serves every customer. */
const owner = 'autodevops-bot';

/** Opens what the bot keeps in a file, and makes or updates it first. Several processes of one machine may have it open. Errors: see `Store`. */
export async function openSqliteBotStore(options: SqliteBotOptions): Promise<BotStore> {
  const { busyMilliseconds = 5000, now = Date.now, maxBytes } = options;
  const file = resolve(options.file);
  const open = options.driver ?? (await loadDriver());
  const driver = await openDatabase({
    file,
    customer: owner,
    open,
    migrations: sqliteBotMigrations,
    busyMilliseconds,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
  const connection = sqliteConnection({ file, driver, busyMilliseconds });
  return {
    inbox: sqliteInbox(connection, now),
    messages: sqliteMessages(connection, now),
    installations: sqliteInstallations(connection),
    once: sqliteOneTimeValues(connection),
    channels: sqliteChannels(connection),
    notes: sqliteNotes(connection),
    leases: sqliteLeases(connection, now),
    close: () => connection.close(),
  };
}
