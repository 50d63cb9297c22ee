import type { Channels } from '@autodevops/domain/ports/bot-store';
import type { PostgresConnection } from '../../postgres/postgres-connection.ts';
import { toStored } from '../../stored-text.ts';
import { channelIn } from '../bot-values.ts';

const columns = 'app, team, channel, customer, purpose, suspended, why';
const find = `SELECT ${columns} FROM autodevops_bot.channel WHERE app = $1 AND team = $2 AND channel = $3`;
const ofCustomer = `SELECT ${columns} FROM autodevops_bot.channel WHERE customer = $1 ORDER BY app, team, channel`;
const put = `
INSERT INTO autodevops_bot.channel (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (app, team, channel) DO UPDATE SET customer = excluded.customer, purpose = excluded.purpose, suspended = excluded.suspended, why = excluded.why`;
const remove = 'DELETE FROM autodevops_bot.channel WHERE app = $1 AND team = $2 AND channel = $3';

export function postgresChannels({ alone, look }: PostgresConnection): Channels {
  return {
    find: async (app, team, channel) =>
      (await look(find, toStored(app), toStored(team), toStored(channel))).map(channelIn)[0],
    ofCustomer: async (customer) => (await look(ofCustomer, toStored(customer))).map(channelIn),
    put: async ({ app, team, channel, customer, use, isSuspended, why }) => {
      await alone(
        put,
        toStored(app),
        toStored(team),
        toStored(channel),
        toStored(customer),
        use,
        isSuspended,
        JSON.stringify(why),
      );
    },
    remove: async (app, team, channel) => void (await alone(remove, toStored(app), toStored(team), toStored(channel))),
  };
}
