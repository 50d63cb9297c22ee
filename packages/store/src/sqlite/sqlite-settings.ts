import type { Settings } from '@autodevops/domain/ports/store';
import { entryTexts } from '../audit/audit-chain.ts';
import { outboxTexts } from '../journal/prepared-record.ts';
import { parseJson } from '../stored-json.ts';
import { toStored } from '../stored-text.ts';
import { appendAudit } from './sqlite-audit-log.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { appendOutbox } from './sqlite-outbox.ts';
import { text } from './statements.ts';

export function sqliteSettings(connection: SqliteConnection): Settings {
  return {
    get: async (name) => {
      const row = await connection.read((db) => db.get('SELECT value FROM setting WHERE name = ?', toStored(name)));
      return row === undefined ? undefined : parseJson(`The setting ${name}`, text(row, 'value'));
    },
    put: async (name, value, audit, outbox = []) => {
      const [json, texts, events] = [JSON.stringify(value ?? null), entryTexts(audit), outboxTexts(outbox)];
      await connection.write((db) => {
        db.run('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', toStored(name), json);
        appendAudit(db, texts);
        appendOutbox(db, events);
      });
    },
  };
}
