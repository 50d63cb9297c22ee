import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { AuditRow } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { BackupRow, ReadRows } from '../backup/backup-row.ts';
import { changeJournal, incidentJournal, parseEvent } from '../journal/journal-kind.ts';
import type { JournalKind } from '../journal/journal-kind.ts';
import { prepareRecord } from '../journal/prepared-record.ts';
import {
  parseCheckpoint,
  parseEntry,
  parseJson,
  parseMemory,
  parseOutbox,
  parsePerson,
  requireShape,
} from '../stored-json.ts';
import type { OutboxText } from '../stored-shapes.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { SqlRow } from './driver/driver.ts';
import { writeEvents } from './sqlite-journal.ts';
import { keptConversation, putConversation } from './sqlite-conversations.ts';
import { putMemory } from './sqlite-memory.ts';
import { putPerson } from './sqlite-people.ts';
import { number, text } from './statements.ts';
import type { Statements } from './statements.ts';

type Put = (row: BackupRow) => Promise<void>;

const page = 500;

/** Every row of a query that goes by a rising number, in pages: `sql` has places for the number to go on after and for how many. */
async function eachRow(
  db: Statements,
  sql: string,
  column: string,
  use: (row: SqlRow) => Promise<void>,
): Promise<void> {
  for (let after = 0; ;) {
    const rows = db.all(sql, after, page);
    for (const row of rows) await use(row);
    if (rows.length < page) return;
    after = number(rows.at(-1), column);
    // Others have their turn between two pages.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function readJournals<Event>(db: Statements, put: Put, kind: JournalKind<Event>): Promise<void> {
  await eachRow(
    db,
    `SELECT number, id, sequence FROM journal WHERE kind = '${kind.name}' AND number > ? ORDER BY number LIMIT ?`,
    'number',
    async (row) => {
      const id = fromStored(text(row, 'id'));
      const events = db.all(
        'SELECT event FROM journal_event WHERE kind = ? AND id = ? ORDER BY sequence',
        kind.name,
        text(row, 'id'),
      );
      if (events.length !== number(row, 'sequence')) {
        throw new AutoDevOpsError(
          'store.corrupt',
          `${id} has ${events.length} events in the store, and should have ${number(row, 'sequence')}.`,
          remedy`Restore the newest backup: ${{ do: 'restore-store' }}.`,
        );
      }
      await put({
        journal: { kind: kind.name, id, events: events.map((event) => parseEvent(kind, id, text(event, 'event'))) },
      });
    },
  );
}

function auditRow(row: SqlRow): AuditRow {
  const sequence = number(row, 'sequence');
  return {
    sequence,
    previous: text(row, 'previous'),
    hash: text(row, 'hash'),
    entry: parseEntry(sequence, text(row, 'entry')),
  };
}

/** Within the caller's transaction, which holds the moment. */
export function sqliteRows(db: Statements): ReadRows {
  return async (put) => {
    await readJournals(db, put, changeJournal);
    await readJournals(db, put, incidentJournal);
    await eachRow(
      db,
      'SELECT sequence, previous, hash, entry FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?',
      'sequence',
      (row) => put({ audit: auditRow(row) }),
    );
    await eachRow(
      db,
      'SELECT number, checkpoint FROM audit_checkpoint WHERE number > ? ORDER BY number LIMIT ?',
      'number',
      (row) => put({ checkpoint: parseCheckpoint(text(row, 'checkpoint')) }),
    );
    await eachRow(db, 'SELECT cursor, event FROM outbox WHERE cursor > ? ORDER BY cursor LIMIT ?', 'cursor', (row) =>
      put({ outbox: { cursor: number(row, 'cursor'), ...parseOutbox(number(row, 'cursor'), text(row, 'event')) } }),
    );
    for (const row of db.all('SELECT name, fence FROM lease ORDER BY name')) {
      await put({ lease: { name: fromStored(text(row, 'name')), fence: number(row, 'fence') } });
    }
    for (const row of db.all('SELECT person FROM person ORDER BY id')) {
      await put({ person: parsePerson(text(row, 'person')) });
    }
    for (const row of db.all('SELECT name, value FROM setting ORDER BY name')) {
      await put({
        setting: { name: fromStored(text(row, 'name')), value: parseJson('A setting', text(row, 'value')) },
      });
    }
    await eachRow(db, 'SELECT number, entry FROM memory WHERE number > ? ORDER BY number LIMIT ?', 'number', (row) =>
      put({ memory: parseMemory(text(row, 'entry')) }),
    );
    await eachRow(
      db,
      'SELECT number, id, owner, workspace, title, begun_at, updated_at, turns FROM conversation WHERE number > ? ORDER BY number LIMIT ?',
      'number',
      (row) => put({ conversation: keptConversation(db, row) }),
    );
  };
}

function putJournal<Event extends { readonly time: string }>(
  db: Statements,
  kind: JournalKind<Event>,
  id: string,
  events: readonly unknown[],
): void {
  const parsed = events.map((event) => requireShape(kind.shape, `An event of ${id}`, event));
  writeEvents(db, kind.name, prepareRecord(kind, { id, after: 0, events: parsed, audit: [], outbox: [] }));
}

function putOutbox(db: Statements, cursor: number, { time, topic, subject, data }: OutboxText): void {
  db.run('INSERT INTO outbox (cursor, event) VALUES (?, ?)', cursor, JSON.stringify({ time, topic, subject, data }));
}

/** Puts a row into an empty store, within the caller's transaction. Leases come back as nobody's, with their fences. */
export function putRow(db: Statements, row: BackupRow): void {
  if ('journal' in row) {
    const { kind, id, events } = row.journal;
    if (kind === 'changes') putJournal(db, changeJournal, id, events);
    else putJournal(db, incidentJournal, id, events);
  } else if ('audit' in row) {
    db.run(
      'INSERT INTO audit (sequence, previous, hash, entry) VALUES (?, ?, ?, ?)',
      row.audit.sequence,
      row.audit.previous,
      row.audit.hash,
      canonicalJson(row.audit.entry),
    );
  } else if ('checkpoint' in row) {
    db.run('INSERT INTO audit_checkpoint (checkpoint) VALUES (?)', JSON.stringify(row.checkpoint));
  } else if ('outbox' in row) putOutbox(db, row.outbox.cursor, row.outbox);
  else if ('lease' in row) {
    db.run(
      "INSERT INTO lease (name, holder, fence, expires_at) VALUES (?, '', ?, 0)",
      toStored(row.lease.name),
      row.lease.fence,
    );
  } else if ('person' in row) putPerson(db, row.person);
  else if ('setting' in row) {
    db.run(
      'INSERT INTO setting (name, value) VALUES (?, ?)',
      toStored(row.setting.name),
      JSON.stringify(row.setting.value),
    );
  } else if ('memory' in row) putMemory(db, row.memory);
  else putConversation(db, row.conversation);
}
