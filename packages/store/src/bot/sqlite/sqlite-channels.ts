import type { Channels } from '@autodevops/domain/ports/bot-store';
import type { SqliteConnection } from '../../sqlite/sqlite-connection.ts';
import { toStored } from '../../stored-text.ts';
import { channelIn } from '../bot-values.ts';

const columns = 'app, team, channel, customer, purpose, suspended, why';
const find = `SELECT ${columns} FROM channel WHERE app = ? AND team = ? AND channel = ?`;
const ofCustomer = `SELECT ${columns} FROM channel WHERE customer = ? ORDER BY app, team, channel`;
const put = `
INSERT INTO channel (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (app, team, channel) DO UPDATE SET customer = excluded.customer, purpose = excluded.purpose, suspended = excluded.suspended, why = excluded.why`;
const remove = 'DELETE FROM channel WHERE app = ? AND team = ? AND channel = ?';

export function sqliteChannels(connection: SqliteConnection): Channels {
  return {
    find: async (app, team, channel) => {
      const row = await connection.read((db) => db.get(find, toStored(app), toStored(team), toStored(channel)));
      return row === undefined ? undefined : channelIn(row);
    },
    ofCustomer: async (customer) =>
      (await connection.read((db) => db.all(ofCustomer, toStored(customer)))).map(channelIn),
    put: async ({ app, team, channel, customer, use, isSuspended, why }) => {
      const values = [
        toStored(app),
        toStored(team),
        toStored(channel),
        toStored(customer),
        use,
        Number(isSuspended),
        JSON.stringify(why),
      ];
      await connection.write((db) => db.run(put, ...values));
    },
    remove: async (app, team, channel) =>
      void (await connection.write((db) => db.run(remove, toStored(app), toStored(team), toStored(channel)))),
  };
}
