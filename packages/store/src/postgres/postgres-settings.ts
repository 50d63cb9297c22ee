import type { Settings } from '@autodevops/domain/ports/store';
import { entryTexts } from '../audit/audit-chain.ts';
import { outboxTexts } from '../journal/prepared-record.ts';
import { parseJson } from '../stored-json.ts';
import { toStored } from '../stored-text.ts';
import type { PostgresConnection } from './postgres-connection.ts';

const putSetting = `
INSERT INTO autodevops.setting (customer, name, value) VALUES (current_setting('app.customer'), $1, $2)
ON CONFLICT (customer, name) DO UPDATE SET value = excluded.value`;

export function postgresSettings(connection: PostgresConnection): Settings {
  return {
    get: async (name) => {
      const [row] = await connection.read((query) => query('SELECT value FROM autodevops.setting WHERE name = $1', toStored(name)));
      return row === undefined ? undefined : parseJson(`The setting ${name}`, String(row['value']));
    },
    put: async (name, value, audit, outbox = []) => {
      const [json, texts, events] = [JSON.stringify(value ?? null), entryTexts(audit), outboxTexts(outbox)];
      await connection.write(async (query) => {
        await query(putSetting, toStored(name), json);
        await query('SELECT autodevops.append_audit($1), autodevops.append_outbox($2)', texts, events);
      });
    },
  };
}
