import type { Settings } from '@autodevops/domain/ports/store';
import { entryTexts } from '../audit/audit-chain.ts';
import { outboxTexts } from '../journal/prepared-record.ts';
import { settingMoved } from '../refusals.ts';
import { settingText } from '../setting-text.ts';
import { parseJson } from '../stored-json.ts';
import { toStored } from '../stored-text.ts';
import type { PostgresConnection, PostgresRow } from './postgres-connection.ts';

const putSetting = `
INSERT INTO autodevops.setting (customer, name, value) VALUES (current_setting('app.customer'), $1, $2)
ON CONFLICT (customer, name) DO UPDATE SET value = excluded.value`;

const getSetting = 'SELECT value FROM autodevops.setting WHERE name = $1';

function valueIn(name: string, row: PostgresRow | undefined): unknown {
  return row === undefined ? undefined : parseJson(`The setting ${name}`, String(row['value']));
}

export function postgresSettings(connection: PostgresConnection): Settings {
  return {
    get: async (name) => {
      const [row] = await connection.read((query) => query(getSetting, toStored(name)));
      return valueIn(name, row);
    },
    put: async (name, value, audit, outbox = []) => {
      const [json, texts, events] = [JSON.stringify(value ?? null), entryTexts(audit), outboxTexts(outbox)];
      await connection.write(async (query) => {
        await query(putSetting, toStored(name), json);
        await query('SELECT autodevops.append_audit($1), autodevops.append_outbox($2)', texts, events);
      });
    },
    swap: async (name, was, value, audit, outbox = []) => {
      const [expected, json, texts, events] = [
        settingText(was),
        JSON.stringify(value ?? null),
        entryTexts(audit),
        outboxTexts(outbox),
      ];
      await connection.write(async (query) => {
        const [row] = await query(getSetting, toStored(name));
        if (settingText(valueIn(name, row)) !== expected) throw settingMoved(name);
        await query(putSetting, toStored(name), json);
        await query('SELECT autodevops.append_audit($1), autodevops.append_outbox($2)', texts, events);
      });
    },
  };
}
