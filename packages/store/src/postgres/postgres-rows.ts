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
import { fromStored, toStored } from '../stored-text.ts';
import type { PostgresRow, Query } from './postgres-connection.ts';
import { keptConversation, putConversationRow } from './postgres-conversations.ts';
import { putMemoryRow } from './postgres-memory.ts';
import { putPersonRow } from './postgres-people.ts';
import { appendRecords } from './postgres-records.ts';

type Put = (row: BackupRow) => Promise<void>;

const page = 500;

/** Every row of a query that goes by a rising number, in pages: `$1` is the number to go on after, `$2` how many. */
async function eachRow(
  query: Query,
  sql: string,
  column: string,
  use: (row: PostgresRow) => Promise<void>,
): Promise<void> {
  for (let after = '0'; ;) {
    const rows = await query(sql, after, page);
    for (const row of rows) await use(row);
    if (rows.length < page) return;
    after = String(rows.at(-1)?.[column]);
  }
}

const journalSql = (kind: string): string => `
SELECT j.number, j.id, j.sequence, (SELECT array_agg(e.event ORDER BY e.sequence) FROM autodevops.journal_event e WHERE e.kind = j.kind AND e.id = j.id) AS events
FROM autodevops.journal j WHERE j.kind = '${kind}' AND j.number > $1 ORDER BY j.number LIMIT $2`;

async function readJournals<Event>(query: Query, put: Put, kind: JournalKind<Event>): Promise<void> {
  await eachRow(query, journalSql(kind.name), 'number', async (row) => {
    const [id, events] = [fromStored(String(row['id'])), (row['events'] ?? []) as readonly string[]];
    if (events.length !== Number(row['sequence'])) {
      throw new AutoDevOpsError(
        'store.corrupt',
        `${id} has ${events.length} events in the store, and should have ${Number(row['sequence'])}.`,
        remedy`Restore the newest backup: ${{ do: 'restore-store' }}.`,
      );
    }
    await put({ journal: { kind: kind.name, id, events: events.map((event) => parseEvent(kind, id, event)) } });
  });
}

function auditRow(row: PostgresRow): AuditRow {
  const sequence = Number(row['sequence']);
  return {
    sequence,
    previous: String(row['previous']),
    hash: String(row['hash']),
    entry: parseEntry(sequence, String(row['entry'])),
  };
}

/** Within a transaction that sees one moment. */
export function postgresRows(query: Query): ReadRows {
  return async (put) => {
    await readJournals(query, put, changeJournal);
    await readJournals(query, put, incidentJournal);
    await eachRow(
      query,
      'SELECT sequence, previous, hash, entry FROM autodevops.audit WHERE sequence > $1 ORDER BY sequence LIMIT $2',
      'sequence',
      (row) => put({ audit: auditRow(row) }),
    );
    await eachRow(
      query,
      'SELECT number, checkpoint FROM autodevops.audit_checkpoint WHERE number > $1 ORDER BY number LIMIT $2',
      'number',
      (row) => put({ checkpoint: parseCheckpoint(String(row['checkpoint'])) }),
    );
    await eachRow(
      query,
      'SELECT cursor, event FROM autodevops.outbox WHERE cursor > $1 ORDER BY cursor LIMIT $2',
      'cursor',
      (row) =>
        put({ outbox: { cursor: Number(row['cursor']), ...parseOutbox(Number(row['cursor']), String(row['event'])) } }),
    );
    for (const row of await query('SELECT name, fence FROM autodevops.lease ORDER BY name')) {
      await put({ lease: { name: fromStored(String(row['name'])), fence: Number(row['fence']) } });
    }
    for (const row of await query('SELECT person FROM autodevops.person ORDER BY id')) {
      await put({ person: parsePerson(String(row['person'])) });
    }
    for (const row of await query('SELECT name, value FROM autodevops.setting ORDER BY name')) {
      await put({
        setting: { name: fromStored(String(row['name'])), value: parseJson('A setting', String(row['value'])) },
      });
    }
    await eachRow(
      query,
      'SELECT number, entry FROM autodevops.memory WHERE number > $1 ORDER BY number LIMIT $2',
      'number',
      (row) => put({ memory: parseMemory(String(row['entry'])) }),
    );
    await eachRow(
      query,
      'SELECT number, id, owner, workspace, title, begun_at, updated_at, turns FROM autodevops.conversation WHERE number > $1 ORDER BY number LIMIT $2',
      'number',
      async (row) => put({ conversation: await keptConversation(query, row) }),
    );
  };
}

const own = "current_setting('app.customer')";
const putAudit = `INSERT INTO autodevops.audit (customer, sequence, previous, hash, entry) VALUES (${own}, $1, $2, $3, $4)`;
const putOutbox = `INSERT INTO autodevops.outbox (customer, cursor, event) VALUES (${own}, $1, $2)`;
const putLease = `INSERT INTO autodevops.lease (customer, name, holder, fence, expires_at) VALUES (${own}, $1, '', $2, '-infinity')`;
const putSetting = `INSERT INTO autodevops.setting (customer, name, value) VALUES (${own}, $1, $2)`;
const putCheckpoint = `INSERT INTO autodevops.audit_checkpoint (customer, checkpoint) VALUES (${own}, $1)`;

async function putJournal<Event extends { readonly time: string }>(
  query: Query,
  customer: string,
  kind: JournalKind<Event>,
  id: string,
  events: readonly unknown[],
): Promise<void> {
  const parsed = events.map((event) => requireShape(kind.shape, `An event of ${id}`, event));
  const record = prepareRecord(kind, { id, after: 0, events: parsed, audit: [], outbox: [] });
  const [outcome] = await appendRecords(query, [{ kind: kind.name, ...record }], toStored(customer));
  if (outcome !== undefined && 'error' in outcome) throw outcome.error;
}

/** Puts a row into an empty store, within the caller's transaction. Leases come back as nobody's, with their fences. */
export async function putPostgresRow(query: Query, customer: string, row: BackupRow): Promise<void> {
  if ('journal' in row) {
    const { kind, id, events } = row.journal;
    return kind === 'changes'
      ? putJournal(query, customer, changeJournal, id, events)
      : putJournal(query, customer, incidentJournal, id, events);
  }
  if ('person' in row) return putPersonRow(query, row.person);
  if ('memory' in row) return putMemoryRow(query, row.memory);
  if ('conversation' in row) return putConversationRow(query, row.conversation);
  if ('audit' in row) {
    await query(putAudit, row.audit.sequence, row.audit.previous, row.audit.hash, canonicalJson(row.audit.entry));
  } else if ('checkpoint' in row) await query(putCheckpoint, JSON.stringify(row.checkpoint));
  else if ('lease' in row) await query(putLease, toStored(row.lease.name), row.lease.fence);
  else if ('setting' in row) await query(putSetting, toStored(row.setting.name), JSON.stringify(row.setting.value));
  else {
    const { cursor, time, topic, subject, data } = row.outbox;
    await query(putOutbox, cursor, JSON.stringify({ time, topic, subject, data }));
  }
}
