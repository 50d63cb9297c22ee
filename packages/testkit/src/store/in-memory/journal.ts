import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Journal, JournalRecord } from '@autodevops/domain/ports/store';
import { chained, conflict, copied, requireLease, requireShape, sent } from './state.ts';
import type { KeptJournal, MemoryState, Session } from './state.ts';

type Journals = Map<string, KeptJournal>;

function journalsOf(state: MemoryState, kind: string): Journals {
  const known = state.journals.get(kind) ?? new Map<string, KeptJournal>();
  state.journals.set(kind, known);
  return known;
}

function ownerOf(journals: Journals, key: string): string | undefined {
  return key === '' ? undefined : [...journals.values()].find((journal) => journal.key === key)?.id;
}

function keyOf(record: JournalRecord<object>): string {
  const first = record.after === 0 ? (record.events[0] as { idempotencyKey?: unknown } | undefined) : undefined;
  return typeof first?.idempotencyKey === 'string' ? first.idempotencyKey : '';
}

function appendTo(session: Session, journals: Journals, record: JournalRecord<{ readonly time: string }>): void {
  const { state } = session;
  requireLease(session, record.fence);
  const found = journals.get(record.id)?.events.length ?? 0;
  if (found !== record.after) {
    throw conflict(`Somebody else wrote to ${record.id} meanwhile: it holds ${found} events, not ${record.after}.`);
  }
  const key = keyOf(record);
  const owner = ownerOf(journals, key);
  if (owner !== undefined) throw conflict(`The idempotency key of ${record.id} was used already, for ${owner}.`);
  const [rows, events] = [chained(state, record.audit), sent(state, record.outbox)];
  const journal = journals.get(record.id) ?? { id: record.id, key, events: [] };
  journal.events = [...journal.events, ...copied(record.events)];
  if (journal.events.length > 0) journals.set(record.id, journal);
  state.audit.push(...rows);
  state.outbox.push(...events);
}

export interface FakeJournalKind<Event> {
  readonly name: string;
  readonly shape: { safeParse(value: unknown): { success: boolean } };
  readonly ends: (event: Event) => boolean;
}

export function journalIn<Event extends { readonly time: string }>(
  session: Session,
  { name, shape, ends }: FakeJournalKind<Event>,
): Journal<Event> {
  const journals = journalsOf(session.state, name);
  return {
    append: (record) =>
      session.write(name, () => {
        for (const event of record.events) requireShape(shape, `An event of ${record.id}`, event);
        appendTo(session, journals, record);
      }),
    appendAll: (records) =>
      session.write(name, () => {
        for (const { id, events } of records) {
          for (const event of events) requireShape(shape, `An event of ${id}`, event);
        }
        if (new Set(records.map(({ id }) => id)).size !== records.length) {
          throw new AutoDevOpsError('internal', 'Two records of one journal were to be written at once.', '');
        }
        const before = {
          journals: new Map([...journals].map(([id, journal]) => [id, { ...journal }])),
          audit: session.state.audit.length,
          outbox: session.state.outbox.length,
        };
        try {
          for (const record of records) appendTo(session, journals, record);
        } catch (error) {
          journals.clear();
          for (const [id, journal] of before.journals) journals.set(id, journal);
          session.state.audit.length = before.audit;
          session.state.outbox.length = before.outbox;
          throw error;
        }
      }),
    read: async (id, after = 0) => copied((journals.get(id)?.events ?? []) as readonly Event[]).slice(after),
    list: async ({ limit, open, before }) => {
      const newest = [...journals.values()].toReversed();
      const from = before === undefined ? 0 : newest.findIndex(({ id }) => id === before) + 1;
      if (before !== undefined && from === 0) return [];
      return newest
        .slice(from)
        .filter(({ events }) => open !== true || !ends(events.at(-1) as Event))
        .slice(0, limit)
        .map(({ id, events }) => ({
          id,
          sequence: events.length,
          firstTime: events[0]?.time ?? '',
          lastTime: events.at(-1)?.time ?? '',
        }));
    },
    byKey: async (key) => ownerOf(journals, key),
  };
}
