import { AutoDevOpsError } from '@autodevops/domain/errors';
import { batchQueue } from '@autodevops/domain/batch-queue';
import type { Settled } from '@autodevops/domain/batch-queue';
import type { PreparedRecord } from '../journal/prepared-record.ts';
import { keyTaken, leaseLost, writtenMeanwhile } from '../refusals.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { PostgresConnection, PostgresRow, SqlParameter } from './postgres-connection.ts';
import { isOwnFault } from './postgres-fault.ts';

/** A record with the kind of its journal; empty: audit and outbox alone. */
export interface KindRecord extends PreparedRecord {
  readonly kind: 'changes' | 'incidents' | '';
}

export interface RecordWriter {
  write(record: KindRecord): Promise<void>;
  idle(): Promise<void>;
}

type Texts = readonly string[];

/** Of every record the same part, one behind the other, and beside each of them the number of its record, from 1. */
function parts(records: readonly KindRecord[], of: (record: KindRecord) => Texts): readonly [readonly number[], Texts] {
  return [records.flatMap((record, at) => of(record).map(() => at + 1)), records.flatMap(of)];
}

const appendSql = `SELECT autodevops.append_records(${Array.from({ length: 16 }, (_, at) => `$${at + 1}`).join(', ')}) AS outcomes`;

/** As `append_records` takes them, but for the customer. */
function columns(records: readonly KindRecord[]): readonly SqlParameter[] {
  const texts = (of: (record: KindRecord) => string | null): SqlParameter => records.map(of);
  return [
    texts(({ kind }) => kind),
    texts(({ id }) => toStored(id)),
    records.map(({ after }) => after),
    texts(({ firstTime }) => toStored(firstTime)),
    texts(({ lastTime }) => toStored(lastTime)),
    records.map(({ ended }) => ended),
    texts(({ key }) => (key === '' ? null : toStored(key))),
    texts(({ fence }) => (fence === undefined ? null : toStored(fence.lease))),
    records.map(({ fence }) => fence?.fence ?? null),
    ...parts(records, ({ events }) => events),
    ...parts(records, ({ audit }) => audit),
    ...parts(records, ({ outbox }) => outbox),
  ];
}

/** Runs the one statement in which records are written. `whose` is the customer, as it is stored. */
export async function appendRecords(
  run: (sql: string, ...values: readonly SqlParameter[]) => Promise<readonly PostgresRow[]>,
  records: readonly KindRecord[],
  ...whose: readonly string[]
): Promise<readonly Settled<void>[]> {
  const [row] = await run(appendSql, ...whose, ...columns(records));
  const outcomes = (row?.['outcomes'] ?? []) as readonly string[];
  return records.map((record, at) => settle(outcomes[at] ?? '', record));
}

/** What only one record of a batch may touch: its journal and its key. */
function touched({ kind, id, key }: KindRecord): Texts {
  if (kind === '') return [];
  return key === '' ? [`id ${kind} ${id}`] : [`id ${kind} ${id}`, `key ${kind} ${key}`];
}

function settle(outcome: string, { id, after, fence }: KindRecord): Settled<void> {
  if (outcome === 'written') return { value: undefined };
  if (outcome === 'fenced') return { error: leaseLost(fence?.lease ?? '') };
  const [what = '', ...rest] = outcome.split(' ');
  if (what === 'found') return { error: writtenMeanwhile(id, after, Number(rest[0])) };
  if (what === 'taken') return { error: keyTaken(id, fromStored(rest.join(' '))) };
  return {
    error: new AutoDevOpsError(
      'internal',
      'The database answered in a way that this version does not know.',
      'Run the migrations of this version.',
    ),
  };
}

/** Records that come while others are being written go together in one statement and one commit. */
export function recordWriter(connection: PostgresConnection): RecordWriter {
  const queue = batchQueue<KindRecord, void>((records) => appendRecords(connection.once, records), {
    apart: touched,
    alone: (error) => error instanceof AutoDevOpsError && isOwnFault(error.cause),
  });
  return { write: (record) => queue.submit(record), idle: () => queue.idle() };
}
