import type { OneTimeValues } from '@autodevops/domain/ports/bot-store';
import type { SqliteConnection } from '../../sqlite/sqlite-connection.ts';
import { number } from '../../sqlite/statements.ts';
import { toStored } from '../../stored-text.ts';
import { data, instant } from '../bot-values.ts';
import { longestLife } from '../one-time-values.ts';

const put =
  'INSERT INTO one_time_value (hash, data, until) VALUES (?, ?, ?) ON CONFLICT (hash) DO UPDATE SET data = excluded.data, until = excluded.until';
const take = 'DELETE FROM one_time_value WHERE hash = ? RETURNING data, until';
const forget =
  'DELETE FROM one_time_value WHERE hash IN (SELECT hash FROM one_time_value WHERE until < ? ORDER BY until LIMIT 100)';

export function sqliteOneTimeValues(connection: SqliteConnection): OneTimeValues {
  return {
    put: async (hash, value, until) => {
      const [end, json] = [instant(until), JSON.stringify(value)];
      await connection.write((db) => {
        // Nobody comes back for most of what strangers begin.
        db.run(forget, end - longestLife);
        db.run(put, toStored(hash), json, end);
      });
    },
    take: async (hash, given) => {
      const time = instant(given);
      const row = await connection.write((db) => db.get(take, toStored(hash)));
      return row === undefined || number(row, 'until') <= time
        ? undefined
        : data('A value that is good once', row['data']);
    },
  };
}
