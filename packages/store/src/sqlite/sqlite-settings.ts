import type { Settings } from '@autodevops/domain/ports/store';
import { entryTexts } from '../audit/audit-chain.ts';
import { outboxTexts } from '../journal/prepared-record.ts';
import { settingMoved } from '../refusals.ts';
import { settingText } from '../setting-text.ts';
import { parseJson } from '../stored-json.ts';
import { toStored } from '../stored-text.ts';
import { appendAudit } from './sqlite-audit-log.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { appendOutbox } from './sqlite-outbox.ts';
import { text } from './statements.ts';

const getSetting = 'SELECT value FROM setting WHERE name = ?';
const putSetting =
  'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value';

export function sqliteSettings(connection: SqliteConnection): Settings {
  return {
    get: async (name) => {
      const row = await connection.read((db) => db.get(getSetting, toStored(name)));
      return row === undefined ? undefined : parseJson(`The setting ${name}`, text(row, 'value'));
    },
    put: async (name, value, audit, outbox = []) => {
      const [json, texts, events] = [JSON.stringify(value ?? null), entryTexts(audit), outboxTexts(outbox)];
      await connection.write((db) => {
        db.run(putSetting, toStored(name), json);
        appendAudit(db, texts);
        appendOutbox(db, events);
      });
    },
    swap: async (name, was, value, audit, outbox = []) => {
      const [expected, json, texts, events] = [
        settingText(was),
        JSON.stringify(value ?? null),
        entryTexts(audit),
        outboxTexts(outbox),
      ];
      await connection.write((db) => {
        const row = db.get(getSetting, toStored(name));
        if (
          settingText(row === undefined ? undefined : parseJson(`The setting ${name}`, text(row, 'value'))) !== expected
        ) {
          throw settingMoved(name);
        }
        db.run(putSetting, toStored(name), json);
        appendAudit(db, texts);
        appendOutbox(db, events);
      });
    },
  };
}
