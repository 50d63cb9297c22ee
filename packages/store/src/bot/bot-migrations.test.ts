import { expect, it } from 'vitest';
import { migrationHash } from '../migration.ts';
import { postgresBotMigrations } from './postgres/postgres-bot-migrate.ts';
import { sqliteBotMigrations } from './sqlite/sqlite-bot-tables.ts';

// A store keeps the hash of each step that made it: a released step is never edited, a new one is added behind it.
it.each([
  ['SQLite', sqliteBotMigrations, ['3326b780e395237d']],
  ['PostgreSQL', postgresBotMigrations, ['c432ba766e7c0367']],
] as const)(
  'the released steps of the bot in %s are as they were released, and numbered without a gap',
  (_name, migrations, hashes) => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, at) => at + 1));
    expect(migrations.map((step) => migrationHash(step).slice(0, 16))).toEqual(hashes);
  },
);
