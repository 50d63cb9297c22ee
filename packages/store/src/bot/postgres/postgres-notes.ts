import type { Notes, OneTimeValues } from '@autodevops/domain/ports/bot-store';
import type { PostgresConnection } from '../../postgres/postgres-connection.ts';
import { settingText } from '../../setting-text.ts';
import { fromStored, toStored } from '../../stored-text.ts';
import { noteMoved } from '../bot-refusals.ts';
import { data, instant, noteIn } from '../bot-values.ts';
import { longestLife } from '../one-time-values.ts';

const get = 'SELECT value FROM autodevops_bot.note WHERE customer = $1 AND name = $2';
const add =
  'INSERT INTO autodevops_bot.note (customer, name, value) VALUES ($1, $2, $3) ON CONFLICT (customer, name) DO NOTHING RETURNING name';
const replace =
  'UPDATE autodevops_bot.note SET value = $3 WHERE customer = $1 AND name = $2 AND value = $4 RETURNING name';
const list =
  'SELECT name, value FROM autodevops_bot.note WHERE customer = $1 AND name >= $2 AND starts_with(name, $2) ORDER BY name';
const remove = 'DELETE FROM autodevops_bot.note WHERE customer = $1 AND name = $2';

export function postgresNotes({ alone, look }: PostgresConnection): Notes {
  return {
    get: async (customer, name) =>
      (await look(get, toStored(customer), toStored(name))).map((row) => noteIn(name, row))[0],
    swap: async (customer, name, was, value) => {
      const [whose, stored, json] = [toStored(customer), toStored(name), JSON.stringify(value ?? null)];
      // What was read is compared as a value, and replaced only while its text is still the same.
      const [row] = was === undefined ? [] : await look(get, whose, stored);
      if (was !== undefined && (row === undefined || settingText(noteIn(name, row)) !== settingText(was))) {
        throw noteMoved(name);
      }
      const done =
        row === undefined
          ? await alone(add, whose, stored, json)
          : await alone(replace, whose, stored, json, String(row['value']));
      if (done.length === 0) throw noteMoved(name);
    },
    list: async (customer, prefix) => {
      const rows = await look(list, toStored(customer), toStored(prefix));
      return rows.map((row) => ({ name: fromStored(String(row['name'])), value: noteIn(String(row['name']), row) }));
    },
    remove: async (customer, name) => void (await alone(remove, toStored(customer), toStored(name))),
  };
}

// Nobody comes back for most of what strangers begin.
const put = `
WITH forgotten AS (
  DELETE FROM autodevops_bot.one_time_value WHERE hash IN (
    SELECT hash FROM autodevops_bot.one_time_value WHERE until < $4 AND hash <> $1 ORDER BY until LIMIT 100 FOR UPDATE SKIP LOCKED)
)
INSERT INTO autodevops_bot.one_time_value (hash, data, until) VALUES ($1, $2, $3) ON CONFLICT (hash) DO UPDATE SET data = excluded.data, until = excluded.until`;
const take = 'DELETE FROM autodevops_bot.one_time_value WHERE hash = $1 RETURNING data, until';

export function postgresOneTimeValues({ alone }: PostgresConnection): OneTimeValues {
  return {
    put: async (hash, value, until) => {
      const end = instant(until);
      await alone(put, toStored(hash), JSON.stringify(value), end, end - longestLife);
    },
    take: async (hash, now) => {
      const time = instant(now);
      const [row] = await alone(take, toStored(hash));
      return row === undefined || Number(row['until']) <= time
        ? undefined
        : data('A value that is good once', row['data']);
    },
  };
}
