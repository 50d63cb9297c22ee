import type { Installations, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import type { SqliteConnection } from '../../sqlite/sqlite-connection.ts';
import { number, text } from '../../sqlite/statements.ts';
import type { Statements } from '../../sqlite/statements.ts';
import { toStored } from '../../stored-text.ts';
import { installationMoved, installationNowhere, installationTaken } from '../bot-refusals.ts';
import { installationIn } from '../bot-values.ts';
import { nextNumber } from './next-number.ts';

const columns = 'app, team, enterprise, customer, bot_user, sealed, installed_at, version';

// That of a workspace comes before that of its organisation.
const find = `
SELECT ${columns} FROM installation
WHERE app = ? AND ((team = ? AND team <> '') OR (team = '' AND organisation = ? AND organisation <> ''))
ORDER BY team = '' LIMIT 1`;
const list = `SELECT ${columns} FROM installation ORDER BY app, team, organisation`;
const known = 'SELECT customer, version FROM installation WHERE app = ? AND team = ? AND organisation = ?';
const put = `
INSERT INTO installation (app, team, organisation, enterprise, customer, bot_user, sealed, installed_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (app, team, organisation) DO UPDATE SET enterprise = excluded.enterprise, bot_user = excluded.bot_user, sealed = excluded.sealed,
  installed_at = excluded.installed_at, version = excluded.version`;

// An organisation's is that of all its workspaces which have none of their own.
const isGone = "app = ? AND (team = ? OR (? = '' AND team NOT IN (SELECT team FROM installation WHERE app = ?)))";
const cleaning = [
  `DELETE FROM channel WHERE customer = ? AND ${isGone}`,
  `DELETE FROM message WHERE customer = ? AND ${isGone}`,
];
const cleanEvents = `UPDATE event SET state = 'settled', payload = NULL WHERE state = 'dead' AND ${isGone}`;
const cleanNotes =
  'DELETE FROM note WHERE customer = ? AND NOT EXISTS (SELECT 1 FROM installation WHERE installation.customer = note.customer)';

/** The key: a workspace's installation is the same whichever organisation it is in. */
function keyOf(app: string, team: string, enterprise: string): readonly [string, string, string] {
  return [toStored(app), toStored(team), team === '' ? toStored(enterprise) : ''];
}

function remove(db: Statements, key: readonly [string, string, string]): void {
  const row = db.get(known, ...key);
  if (row === undefined) return;
  const [customer, [app, team]] = [text(row, 'customer'), key];
  db.run('DELETE FROM installation WHERE app = ? AND team = ? AND organisation = ?', ...key);
  for (const sql of cleaning) db.run(sql, customer, app, team, team, app);
  db.run(cleanEvents, app, team, team, app);
  db.run(cleanNotes, customer);
}

function putOne(
  db: Statements,
  installation: Omit<KeptInstallation, 'version'>,
  was: number | undefined,
): KeptInstallation {
  const { app, team, enterprise, customer, botUser, sealed, installedAt } = installation;
  const key = keyOf(app, team, enterprise);
  const row = db.get(known, ...key);
  if (was !== undefined && (row === undefined || number(row, 'version') !== was)) {
    throw installationMoved(app, team || enterprise);
  }
  if (row !== undefined && text(row, 'customer') !== toStored(customer)) {
    throw installationTaken(app, team || enterprise);
  }
  const version = nextNumber(db);
  db.run(
    put,
    ...key,
    toStored(enterprise),
    toStored(customer),
    toStored(botUser),
    JSON.stringify(sealed),
    toStored(installedAt),
    version,
  );
  return { app, team, enterprise, customer, botUser, sealed, installedAt, version };
}

export function sqliteInstallations(connection: SqliteConnection): Installations {
  return {
    find: async (app, team, enterprise) => {
      const row = await connection.read((db) => db.get(find, toStored(app), toStored(team), toStored(enterprise)));
      return row === undefined ? undefined : installationIn(row);
    },
    list: async () => (await connection.read((db) => db.all(list))).map(installationIn),
    put: async (installation, was) => {
      if (installation.team === '' && installation.enterprise === '') throw installationNowhere();
      return connection.write((db) => putOne(db, installation, was));
    },
    remove: (app, team, enterprise) => connection.write((db) => remove(db, keyOf(app, team, enterprise))),
  };
}
