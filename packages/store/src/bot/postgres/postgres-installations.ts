import type { Installations, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import type { PostgresConnection, Query } from '../../postgres/postgres-connection.ts';
import { toStored } from '../../stored-text.ts';
import { installationMoved, installationNowhere, installationTaken } from '../bot-refusals.ts';
import { installationIn } from '../bot-values.ts';

const columns = 'app, team, enterprise, customer, bot_user, sealed, installed_at, version';

// That of a workspace comes before that of its organisation.
const find = `
SELECT ${columns} FROM autodevops_bot.installation
WHERE app = $1 AND ((team = $2 AND team <> '') OR (team = '' AND organisation = $3 AND organisation <> ''))
ORDER BY team = '' LIMIT 1`;
const list = `SELECT ${columns} FROM autodevops_bot.installation ORDER BY app, team, organisation`;
const keyed = 'app = $1 AND team = $2 AND organisation = $3';
const known = `SELECT customer, version FROM autodevops_bot.installation WHERE ${keyed}`;

// Each is one statement, so that of several at once each sees what the one before did. No row: it was refused.
const put = `
INSERT INTO autodevops_bot.installation AS i (app, team, organisation, enterprise, customer, bot_user, sealed, installed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (app, team, organisation) DO UPDATE SET enterprise = excluded.enterprise, bot_user = excluded.bot_user, sealed = excluded.sealed,
  installed_at = excluded.installed_at, version = excluded.version
WHERE i.customer = excluded.customer RETURNING version`;
const replace = `
UPDATE autodevops_bot.installation SET enterprise = $4, bot_user = $6, sealed = $7, installed_at = $8, version = nextval('autodevops_bot.number')
WHERE ${keyed} AND customer = $5 AND version = $9 RETURNING version`;

// An organisation's is that of all its workspaces which have none of their own.
const isGone =
  "app = $1 AND (team = $2 OR ($2 = '' AND team NOT IN (SELECT team FROM autodevops_bot.installation WHERE app = $1)))";
const cleaning = ['channel', 'message'].map(
  (table) => `DELETE FROM autodevops_bot.${table} WHERE customer = $3 AND ${isGone}`,
);
const cleanEvents = `UPDATE autodevops_bot.event SET state = 'settled', payload = NULL WHERE state = 'dead' AND ${isGone}`;
const cleanNotes =
  'DELETE FROM autodevops_bot.note WHERE customer = $1 AND NOT EXISTS (SELECT FROM autodevops_bot.installation WHERE customer = $1)';

/** The key: a workspace's installation is the same whichever organisation it is in. */
function keyOf(app: string, team: string, enterprise: string): readonly [string, string, string] {
  return [toStored(app), toStored(team), team === '' ? toStored(enterprise) : ''];
}

async function remove(query: Query, key: readonly [string, string, string]): Promise<void> {
  const [row] = await query(known, ...key);
  if (row === undefined) return;
  const [customer, [app, team]] = [String(row['customer']), key];
  await query('SELECT autodevops_bot.hold_customer($1)', customer);
  await query(`DELETE FROM autodevops_bot.installation WHERE ${keyed} AND customer = $4`, ...key, customer);
  for (const sql of cleaning) await query(sql, app, team, customer);
  await query(cleanEvents, app, team);
  await query(cleanNotes, customer);
}

async function putOne(
  { alone, look }: PostgresConnection,
  installation: Omit<KeptInstallation, 'version'>,
  was: number | undefined,
): Promise<KeptInstallation> {
  const { app, team, enterprise, customer, botUser, sealed, installedAt } = installation;
  const key = keyOf(app, team, enterprise);
  const values = [
    ...key,
    toStored(enterprise),
    toStored(customer),
    toStored(botUser),
    JSON.stringify(sealed),
    toStored(installedAt),
  ];
  const [row] = was === undefined ? await alone(put, ...values) : await alone(replace, ...values, was);
  if (row !== undefined) {
    return { app, team, enterprise, customer, botUser, sealed, installedAt, version: Number(row['version']) };
  }
  const [present] = await look(known, ...key);
  if (was !== undefined && Number(present?.['version']) !== was) throw installationMoved(app, team || enterprise);
  throw installationTaken(app, team || enterprise);
}

export function postgresInstallations(connection: PostgresConnection): Installations {
  return {
    find: async (app, team, enterprise) =>
      (await connection.look(find, toStored(app), toStored(team), toStored(enterprise))).map(installationIn)[0],
    list: async () => (await connection.look(list)).map(installationIn),
    put: async (installation, was) => {
      if (installation.team === '' && installation.enterprise === '') throw installationNowhere();
      return putOne(connection, installation, was);
    },
    remove: (app, team, enterprise) => connection.write((query) => remove(query, keyOf(app, team, enterprise))),
  };
}
