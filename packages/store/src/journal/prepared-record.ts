import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { JournalRecord, NewOutboxEvent } from '@autodevops/domain/ports/store';
import { entryTexts } from '../audit/audit-chain.ts';
import { requireShape } from '../stored-json.ts';
import { OutboxText } from '../stored-shapes.ts';
import type { JournalKind } from './journal-kind.ts';

/** A journal record as text, made before a transaction begins: what cannot be written fails before anything is. */
export interface PreparedRecord {
  readonly id: string;
  readonly after: number;
  readonly events: readonly string[];
  readonly firstTime: string;
  readonly lastTime: string;
  readonly ended: boolean;
  /** Of the journal's first event; empty: none. */
  readonly key: string;
  readonly audit: readonly string[];
  /** JSON of each event, without its cursor. */
  readonly outbox: readonly string[];
  readonly fence?: { readonly lease: string; readonly fence: number };
}

export function outboxTexts(events: readonly NewOutboxEvent[]): readonly string[] {
  return events.map((event) => JSON.stringify(requireShape(OutboxText, 'An event of the outbox', event)));
}

function keyOf(event: object | undefined): string {
  const key = event !== undefined && 'idempotencyKey' in event ? event.idempotencyKey : undefined;
  return typeof key === 'string' ? key : '';
}

export function prepareRecord<Event extends { readonly time: string }>(
  kind: JournalKind<Event>,
  record: JournalRecord<Event>,
): PreparedRecord {
  const { id, after, events, fence } = record;
  const [first, last] = [events[0], events.at(-1)];
  return {
    id,
    after,
    events: events.map((event) => JSON.stringify(requireShape(kind.shape, `An event of ${id}`, event))),
    firstTime: first?.time ?? '',
    lastTime: last?.time ?? '',
    ended: last !== undefined && kind.ends(last),
    key: after === 0 ? keyOf(first) : '',
    audit: entryTexts(record.audit),
    outbox: outboxTexts(record.outbox),
    ...(fence === undefined ? {} : { fence }),
  };
}

/** Several that are written together; throws `internal` where two are of one journal, which could not be told apart. */
export function prepareRecords<Event extends { readonly time: string }>(
  kind: JournalKind<Event>,
  records: readonly JournalRecord<Event>[],
): readonly PreparedRecord[] {
  if (new Set(records.map(({ id }) => id)).size !== records.length) {
    throw new AutoDevOpsError(
      'internal',
      'Two records of one journal were to be written at once.',
      'Report this, with what you did.',
    );
  }
  return records.map((record) => prepareRecord(kind, record));
}
