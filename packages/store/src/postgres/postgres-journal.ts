import type { Journal } from '@autodevops/domain/ports/store';
import { parseEvent } from '../journal/journal-kind.ts';
import type { JournalKind } from '../journal/journal-kind.ts';
import { prepareRecord, prepareRecords } from '../journal/prepared-record.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { appendRecords } from './postgres-records.ts';
import type { RecordWriter } from './postgres-records.ts';

const listSql = (open: boolean, before: boolean): string => `
SELECT id, sequence, first_time, last_time FROM autodevops.journal WHERE kind = $1 AND number > 0
${open ? 'AND NOT ended' : ''} ${before ? 'AND number < (SELECT number FROM autodevops.journal WHERE kind = $1 AND id = $3)' : ''}
ORDER BY number DESC LIMIT $2`;

export function postgresJournal<Event extends { readonly time: string }>(
  connection: PostgresConnection,
  writer: RecordWriter,
  kind: JournalKind<Event>,
  customer: string,
): Journal<Event> {
  return {
    append: async (record) => writer.write({ kind: kind.name, ...prepareRecord(kind, record) }),
    appendAll: async (records) => {
      const prepared = prepareRecords(kind, records).map((record) => ({ kind: kind.name, ...record }));
      // What throws takes the transaction back, and with it those that were written.
      await connection.write(async (query) => {
        for (const record of prepared) {
          const [outcome] = await appendRecords(query, [record], toStored(customer));
          if (outcome !== undefined && 'error' in outcome) throw outcome.error;
        }
      });
    },
    read: async (id, after = 0) => {
      const rows = await connection.read((query) =>
        query(
          'SELECT event FROM autodevops.journal_event WHERE kind = $1 AND id = $2 AND sequence > $3 ORDER BY sequence',
          kind.name,
          toStored(id),
          after,
        ),
      );
      return rows.map((row) => parseEvent(kind, id, String(row['event'])));
    },
    list: async ({ limit, open, before }) => {
      const values = before === undefined ? [] : [toStored(before)];
      const rows = await connection.read((query) =>
        query(listSql(open === true, before !== undefined), kind.name, limit, ...values),
      );
      return rows.map((row) => ({
        id: fromStored(String(row['id'])),
        sequence: Number(row['sequence']),
        firstTime: fromStored(String(row['first_time'])),
        lastTime: fromStored(String(row['last_time'])),
      }));
    },
    byKey: async (key) => {
      const [row] = await connection.read((query) =>
        query('SELECT id FROM autodevops.journal_key WHERE kind = $1 AND key = $2', kind.name, toStored(key)),
      );
      return row === undefined ? undefined : fromStored(String(row['id']));
    },
  };
}
