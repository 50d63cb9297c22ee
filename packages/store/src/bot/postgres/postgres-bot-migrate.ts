import type { Migration } from '../../migration.ts';
import { migrateSchema } from '../../postgres/postgres-migrate.ts';
import type { MigrateOptions } from '../../postgres/postgres-migrate.ts';
import type { PostgresSchema } from '../../postgres/postgres-schema.ts';
import { botClaiming } from './postgres-bot-claiming.ts';
import { botFunctions } from './postgres-bot-functions.ts';
import { botTables } from './postgres-bot-tables.ts';

export const postgresBotMigrations: readonly Migration[] = [
  { number: 1, name: 'first-tables', sql: botTables + botFunctions + botClaiming },
];

/** A fence rises for ever, so leases are never removed; nobody but the owner makes, changes or empties a table. */
const rights = (role: string): string => `
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA autodevops_bot FROM PUBLIC;
GRANT USAGE ON SCHEMA autodevops_bot TO ${role};
GRANT USAGE ON SEQUENCE autodevops_bot.number TO ${role};
GRANT SELECT ON autodevops_bot.migration TO ${role};
GRANT SELECT, INSERT, UPDATE ON autodevops_bot.lease TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON autodevops_bot.event, autodevops_bot.message, autodevops_bot.installation, autodevops_bot.channel, autodevops_bot.one_time_value, autodevops_bot.note TO ${role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA autodevops_bot TO ${role};`;

/** The tables of the bot, beside those of agents or in a database of their own. */
export const botSchema: PostgresSchema = { name: 'autodevops_bot', migrations: postgresBotMigrations, rights };

/** Makes or updates them and gives the runtime role its rights. Throws `store.newer`, `store.*`, `config.invalid`. */
export function migratePostgresBot(options: Omit<MigrateOptions, 'migrations'>): Promise<void> {
  return migrateSchema(options, botSchema);
}
