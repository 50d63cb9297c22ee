import type { Notes } from '@autodevops/domain/ports/bot-store';
import { settingText } from '../../setting-text.ts';
import type { SqliteConnection } from '../../sqlite/sqlite-connection.ts';
import { text } from '../../sqlite/statements.ts';
import { fromStored, toStored } from '../../stored-text.ts';
import { noteMoved } from '../bot-refusals.ts';
import { noteIn } from '../bot-values.ts';

const get = 'SELECT value FROM note WHERE customer = ? AND name = ?';
const put =
  'INSERT INTO note (customer, name, value) VALUES (?, ?, ?) ON CONFLICT (customer, name) DO UPDATE SET value = excluded.value';
const list =
  'SELECT name, value FROM note WHERE customer = ? AND name >= ? AND substr(name, 1, length(?)) = ? ORDER BY name';
const remove = 'DELETE FROM note WHERE customer = ? AND name = ?';

export function sqliteNotes(connection: SqliteConnection): Notes {
  return {
    get: async (customer, name) => {
      const row = await connection.read((db) => db.get(get, toStored(customer), toStored(name)));
      return row === undefined ? undefined : noteIn(name, row);
    },
    swap: async (customer, name, was, value) => {
      const [whose, stored, expected, json] = [
        toStored(customer),
        toStored(name),
        settingText(was),
        JSON.stringify(value ?? null),
      ];
      await connection.write((db) => {
        const row = db.get(get, whose, stored);
        if (settingText(row === undefined ? undefined : noteIn(name, row)) !== expected) throw noteMoved(name);
        db.run(put, whose, stored, json);
      });
    },
    list: async (customer, prefix) => {
      const beginning = toStored(prefix);
      const rows = await connection.read((db) => db.all(list, toStored(customer), beginning, beginning, beginning));
      return rows.map((row) => ({ name: fromStored(text(row, 'name')), value: noteIn(text(row, 'name'), row) }));
    },
    remove: async (customer, name) =>
      void (await connection.write((db) => db.run(remove, toStored(customer), toStored(name)))),
  };
}
