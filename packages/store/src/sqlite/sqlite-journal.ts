import type { Journal, JournalSummary } from '@autodevops/domain/ports/store';
import { parseEvent } from '../journal/journal-kind.ts';
import type { JournalKind } from '../journal/journal-kind.ts';
import { prepareRecord, prepareRecords } from '../journal/prepared-record.ts';
import type { PreparedRecord } from '../journal/prepared-record.ts';
import { keyTaken, writtenMeanwhile } from '../refusals.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { SqlRow } from './driver/driver.ts';
import { appendAudit } from './sqlite-audit-log.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { requireLease } from './sqlite-leases.ts';
import type { Clock } from './sqlite-leases.ts';
import { appendOutbox } from './sqlite-outbox.ts';
import { number, text } from './statements.ts';
import type { Statements } from './statements.ts';

function summary(row: SqlRow): JournalSummary {
  return {
    id: fromStored(text(row, 'id')),
    sequence: number(row, 'sequence'),
    firstTime: fromStored(text(row, 'first_time')),
    lastTime: fromStored(text(row, 'last_time')),
  };
}

function idByKey(db: Statements, kind: string, key: string): string | undefined {
  const row = db.get('SELECT id FROM journal WHERE kind = ? AND key = ?', kind, toStored(key));
  return row === undefined ? undefined : fromStored(text(row, 'id'));
}

function requireUnwritten(db: Statements, kind: string, record: PreparedRecord): void {
  const found = number(
    db.get('SELECT sequence FROM journal WHERE kind = ? AND id = ?', kind, toStored(record.id)),
    'sequence',
  );
  if (found !== record.after) throw writtenMeanwhile(record.id, record.after, found);
  const owner = record.key === '' ? undefined : idByKey(db, kind, record.key);
  if (owner !== undefined) throw keyTaken(record.id, owner);
}

const newJournal = `
INSERT INTO journal (kind, id, number, sequence, first_time, last_time, ended, key)
VALUES (?, ?, coalesce((SELECT max(number) FROM journal WHERE kind = ?), 0) + 1, ?, ?, ?, ?, ?)`;

/** Within the caller's transaction. */
export function writeEvents(db: Statements, kind: string, record: PreparedRecord): void {
  if (record.events.length === 0) return;
  const [id, sequence, ended] = [toStored(record.id), record.after + record.events.length, record.ended ? 1 : 0];
  const lastTime = toStored(record.lastTime);
  if (record.after === 0) {
    db.run(
      newJournal,
      kind,
      id,
      kind,
      sequence,
      toStored(record.firstTime),
      lastTime,
      ended,
      record.key === '' ? null : toStored(record.key),
    );
  } else {
    db.run(
      'UPDATE journal SET sequence = ?, last_time = ?, ended = ? WHERE kind = ? AND id = ?',
      sequence,
      lastTime,
      ended,
      kind,
      id,
    );
  }
  for (const [at, event] of record.events.entries()) {
    db.run(
      'INSERT INTO journal_event (kind, id, sequence, event) VALUES (?, ?, ?, ?)',
      kind,
      id,
      record.after + at + 1,
      event,
    );
  }
}

function writeRecord(db: Statements, kind: string, record: PreparedRecord, now: number): void {
  requireLease(db, record.fence, now);
  requireUnwritten(db, kind, record);
  writeEvents(db, kind, record);
  appendAudit(db, record.audit);
  appendOutbox(db, record.outbox);
}

const listSql = (open: boolean, before: boolean): string => `
SELECT id, sequence, first_time, last_time FROM journal WHERE kind = ?
${open ? 'AND ended = 0' : ''} ${before ? 'AND number < (SELECT number FROM journal WHERE kind = ? AND id = ?)' : ''}
ORDER BY number DESC LIMIT ?`;

export function sqliteJournal<Event extends { readonly time: string }>(
  connection: SqliteConnection,
  kind: JournalKind<Event>,
  now: Clock,
): Journal<Event> {
  return {
    append: async (record) => {
      const prepared = prepareRecord(kind, record);
      await connection.write((db) => writeRecord(db, kind.name, prepared, now()));
    },
    appendAll: async (records) => {
      const prepared = prepareRecords(kind, records);
      await connection.write((db) => {
        for (const one of prepared) writeRecord(db, kind.name, one, now());
      });
    },
    read: async (id, after = 0) => {
      const rows = await connection.read((db) =>
        db.all(
          'SELECT event FROM journal_event WHERE kind = ? AND id = ? AND sequence > ? ORDER BY sequence',
          kind.name,
          toStored(id),
          after,
        ),
      );
      return rows.map((row) => parseEvent(kind, id, text(row, 'event')));
    },
    list: async ({ limit, open, before }) => {
      const values = [kind.name, ...(before === undefined ? [] : [kind.name, toStored(before)]), limit];
      const rows = await connection.read((db) => db.all(listSql(open === true, before !== undefined), ...values));
      return rows.map(summary);
    },
    byKey: (key) => connection.read((db) => idByKey(db, kind.name, key)),
  };
}
