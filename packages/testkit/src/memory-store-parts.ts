import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { withAccount, withoutAccount } from '@autodevops/domain/change/person';
import type { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { longestLease } from '@autodevops/domain/ports/store';
import type { AuditLog, Journal, JournalRecord, Lease, Leases, Memory, MemoryEntry, Outbox, People, Settings, SpentIds } from '@autodevops/domain/ports/store';
import { auditHead, chained, conflict, copied, requireLease, requireShape, sent } from './memory-store-state.ts';
import type { KeptJournal, MemoryState, Session } from './memory-store-state.ts';
import { wordsOf } from './memory-store-words.ts';

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
  if (found !== record.after) throw conflict(`Somebody else wrote to ${record.id} meanwhile: it holds ${found} events, not ${record.after}.`);
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

export function journalIn<Event extends { readonly time: string }>(session: Session, { name, shape, ends }: FakeJournalKind<Event>): Journal<Event> {
  const journals = journalsOf(session.state, name);
  return {
    append: (record) => session.write(name, () => {
      for (const event of record.events) requireShape(shape, `An event of ${record.id}`, event);
      appendTo(session, journals, record);
    }),
    appendAll: (records) => session.write(name, () => {
      for (const { id, events } of records) for (const event of events) requireShape(shape, `An event of ${id}`, event);
      if (new Set(records.map(({ id }) => id)).size !== records.length) throw new AutoDevOpsError('internal', 'Two records of one journal were to be written at once.', '');
      const before = { journals: new Map([...journals].map(([id, journal]) => [id, { ...journal }])), audit: session.state.audit.length, outbox: session.state.outbox.length };
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
        .map(({ id, events }) => ({ id, sequence: events.length, firstTime: events[0]?.time ?? '', lastTime: events.at(-1)?.time ?? '' }));
    },
    byKey: async (key) => ownerOf(journals, key),
  };
}

export function auditLogIn({ state, write }: Session): AuditLog {
  return {
    append: (entries) => write('audit', () => void state.audit.push(...chained(state, entries))),
    rows: async ({ from, limit }) => copied(state.audit.slice(Math.max(0, from - 1), Math.max(0, from - 1) + limit)),
    head: async () => auditHead(state),
    keepCheckpoint: (checkpoint) => write('audit', () => void state.checkpoints.push(copied(checkpoint))),
    checkpoints: async () => copied(state.checkpoints),
  };
}

export function outboxIn({ state, write }: Session): Outbox {
  return {
    after: async (after, limit) => copied(state.outbox.filter(({ cursor }) => cursor > after).slice(0, limit)),
    head: async () => state.outbox.at(-1)?.cursor ?? 0,
    oldest: async () => state.outbox[0]?.cursor ?? 0,
    prune: ({ before, limit }) => write('outbox', () => {
      const over = state.outbox.slice(0, limit).filter((event) => event.time < before && event !== state.outbox.at(-1));
      for (const event of over) state.outbox.splice(state.outbox.indexOf(event), 1);
      return over.length;
    }),
  };
}

export function spentIdsIn({ state: { spent }, write, now }: Session): SpentIds {
  return {
    spend: (id, until) => write('spent', () => {
      for (const [old, end] of spent) if (end < now()) spent.delete(old);
      if (spent.has(id)) return false;
      spent.set(id, until);
      return true;
    }),
  };
}

export function leasesIn({ state, write, now }: Session): Leases {
  const live = (lease: Lease | undefined): boolean => lease !== undefined && Date.parse(lease.expiresAt) > now() && Date.parse(lease.expiresAt) <= now() + longestLease;
  const keep = (lease: Omit<Lease, 'expiresAt'>, milliseconds: number): Lease => {
    const kept = { name: lease.name, holder: lease.holder, fence: lease.fence, expiresAt: new Date(now() + Math.min(milliseconds, longestLease)).toISOString() };
    state.leases.set(lease.name, kept);
    return kept;
  };
  const held = ({ name, holder, fence }: Lease): boolean => {
    const known = state.leases.get(name);
    return live(known) && known?.holder === holder && known.fence === fence;
  };
  return {
    acquire: (name, holder, milliseconds) => write('leases', () => {
      const known = state.leases.get(name);
      if (known === undefined || !live(known)) return keep({ name, holder, fence: (known?.fence ?? 0) + 1 }, milliseconds);
      return known.holder === holder ? keep(known, milliseconds) : undefined;
    }),
    renew: (lease, milliseconds) => write('leases', () => (held(lease) ? keep(lease, milliseconds) : undefined)),
    release: (lease) => write('leases', () => {
      if (held(lease)) state.leases.set(lease.name, { ...lease, expiresAt: new Date(0).toISOString() });
    }),
  };
}

export function peopleIn({ state, write }: Session): People {
  const owner = (account: string) => [...state.people.values()].find(({ accounts }) => accounts.includes(account));
  const rewrite = (person: Person | undefined, audit: AuditEntry): Person | undefined => {
    if (person === undefined) return undefined;
    const rows = chained(state, [audit]);
    state.people.set(person.id, copied(person));
    state.audit.push(...rows);
    return copied(person);
  };
  return {
    list: async () => copied([...state.people.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))),
    byAccount: async (account) => copied(owner(account)),
    put: (person, audit) => write('people', () => {
      const taken = person.accounts.find((account) => ![undefined, person.id].includes(owner(account)?.id));
      if (taken !== undefined) throw conflict(`The account ${taken} belongs to another person already.`);
      const rows = chained(state, [audit]);
      state.people.set(person.id, copied(person));
      state.audit.push(...rows);
    }),
    link: (id, account, audit) => write('people', () => {
      if (![undefined, id].includes(owner(account)?.id)) throw conflict(`The account ${account} belongs to another person already.`);
      const person = state.people.get(id);
      return rewrite(person === undefined ? undefined : withAccount(person, account), audit);
    }),
    unlink: (id, account, audit) => write('people', () => {
      const person = state.people.get(id);
      return rewrite(person?.accounts.includes(account) === true ? withoutAccount(person, account) : undefined, audit);
    }),
    remove: (id, audit) => write('people', () => {
      const rows = chained(state, [audit]);
      state.people.delete(id);
      state.audit.push(...rows);
    }),
  };
}

export function settingsIn({ state, write }: Session): Settings {
  return {
    get: async (name) => copied(state.settings.get(name)),
    put: (name, value, audit, outbox = []) => write('settings', () => {
      const [rows, events] = [chained(state, audit), sent(state, outbox)];
      state.settings.set(name, copied(value ?? null));
      state.audit.push(...rows);
      state.outbox.push(...events);
    }),
    swap: (name, was, value, audit, outbox = []) => write('settings', () => {
      const [present, expected] = [state.settings.get(name), was].map((one) => (one === undefined ? undefined : canonicalJson(one)));
      if (present !== expected) throw conflict(`The setting ${name} was written meanwhile.`);
      const [rows, events] = [chained(state, audit), sent(state, outbox)];
      state.settings.set(name, copied(value ?? null));
      state.audit.push(...rows);
      state.outbox.push(...events);
    }),
  };
}

export function memoryIn({ state, write }: Session): Memory {
  return {
    put: (entry) => write('memory', () => {
      state.memory.delete(entry.id);
      state.memory.set(entry.id, copied(entry));
    }),
    search: async (text, { limit, kind }) => {
      const wanted = wordsOf(text);
      const score = (entry: MemoryEntry): number => [...wordsOf(entry.text)].filter((word) => wanted.has(word)).length;
      const found = [...state.memory.values()].toReversed().filter((entry) => (kind === undefined || entry.kind === kind) && score(entry) > 0);
      return copied(found.toSorted((a, b) => score(b) - score(a)).slice(0, limit));
    },
    thread: async (thread, { limit }) => {
      const lines = [...state.memory.values()].filter((entry) => entry.thread === thread).toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
      return copied(limit === 0 ? [] : lines.slice(-limit));
    },
    forget: (id) => write('memory', () => void state.memory.delete(id)),
    prune: ({ before, kinds, limit }) => write('memory', () => {
      const over = [...state.memory.values()].filter(({ time, kind }) => time < before && kinds.includes(kind)).toSorted((a, b) => (a.time < b.time ? -1 : 1)).slice(0, limit);
      for (const { id } of over) state.memory.delete(id);
      return over.length;
    }),
  };
}
