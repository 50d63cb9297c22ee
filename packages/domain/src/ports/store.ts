import type { AuditCheckpoint, AuditEntry, AuditRow } from '../change/audit-event.ts';
import type { ChangeEvent } from '../change/change.ts';
import type { Person } from '../change/person.ts';
import type { IncidentEvent } from '../incident/incident-event.ts';
import type { Conversations } from './conversations.ts';

/** An event for those who follow: `cursor` rises and is never used twice. */
export interface OutboxEvent {
  readonly cursor: number;
  readonly time: string;
  /** `change.approved`, `incident.opened`, `kill-switch.on`. */
  readonly topic: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type NewOutboxEvent = Omit<OutboxEvent, 'cursor'>;

/** What is written together, or not at all. */
export interface JournalRecord<Event> {
  readonly id: string;
  /** How many events the journal held when the writer read it; 0 for a new one. */
  readonly after: number;
  readonly events: readonly Event[];
  readonly audit: readonly AuditEntry[];
  readonly outbox: readonly NewOutboxEvent[];
  /** Refused unless this lease is still held with this fence. */
  readonly fence?: { readonly lease: string; readonly fence: number };
}

/** One journal as lists show it. Times are those of its events. */
export interface JournalSummary {
  readonly id: string;
  readonly sequence: number;
  readonly firstTime: string;
  readonly lastTime: string;
}

/**
 * Journals of one kind of thing: append-only events by id.
 * `append` throws `store.conflict` when somebody else wrote first (read again) or the idempotency key is another
 * journal's, and `store.fenced` when the lease is no longer held: nothing of it was written.
 */
export interface Journal<Event> {
  append(record: JournalRecord<Event>): Promise<void>;
  /** Several records, each of another journal, in their order: all of them or, when one is refused, none. Throws as `append`. */
  appendAll(records: readonly JournalRecord<Event>[]): Promise<void>;
  /** What comes after the first `after` events (0: all of them); empty where there is nothing. */
  read(id: string, after?: number): Promise<readonly Event[]>;
  /**
   * The one begun last first. `open` narrows to journals whose last event does not end them (`endsChange`,
   * `endsIncident`). `before` is the last id of the page before.
   */
  list(options: {
    readonly limit: number;
    readonly open?: boolean;
    readonly before?: string;
  }): Promise<readonly JournalSummary[]>;
  /** The id that an idempotency key was used for. Keys are kept with the first event's `idempotencyKey`. */
  byKey(key: string): Promise<string | undefined>;
}

export interface AuditLog {
  /** For what is recorded without a journal: refusals, people, policies. */
  append(entries: readonly AuditEntry[]): Promise<void>;
  /** In order of sequence, from `from` on; reads in pages, so a million rows never stand in memory. */
  rows(options: { readonly from: number; readonly limit: number }): Promise<readonly AuditRow[]>;
  /** Of an empty log: sequence 0 and 64 zeros. */
  head(): Promise<{ readonly sequence: number; readonly hash: string }>;
  keepCheckpoint(checkpoint: AuditCheckpoint): Promise<void>;
  checkpoints(): Promise<readonly AuditCheckpoint[]>;
}

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Rises with every new holder; a write with a lower one is refused. */
  readonly fence: number;
  readonly expiresAt: string;
}

/** No lease is given for longer, in milliseconds. */
export const longestLease = 600_000;

/**
 * A lease that ran out is nobody's: even who held it last gets a new fence, and can no longer write with the old one.
 * One that ends later than `longestLease` from now was given before the clock was set back, and counts as run out too.
 */
export interface Leases {
  /** Undefined while somebody else holds it. Taking one's own again, while it is held, keeps its fence. */
  acquire(name: string, holder: string, milliseconds: number): Promise<Lease | undefined>;
  /** Undefined when it is lost. */
  renew(lease: Lease, milliseconds: number): Promise<Lease | undefined>;
  release(lease: Lease): Promise<void>;
}

export interface People {
  list(): Promise<readonly Person[]>;
  byAccount(account: string): Promise<Person | undefined>;
  /** Puts or replaces; an account belongs to one person only (`store.conflict`). */
  put(person: Person, audit: AuditEntry): Promise<void>;
  /**
   * Gives a person one account more, whatever else is written of that person meanwhile. Undefined, and nothing written,
   * where there is no such person; `store.conflict` where the account is somebody else's.
   */
  link(id: string, account: string, audit: AuditEntry): Promise<Person | undefined>;
  /** Takes an account from a person. Undefined, and nothing written, where that person does not have it. */
  unlink(id: string, account: string, audit: AuditEntry): Promise<Person | undefined>;
  remove(id: string, audit: AuditEntry): Promise<void>;
}

export interface Outbox {
  /** Events after the cursor, oldest first. */
  after(cursor: number, limit: number): Promise<readonly OutboxEvent[]>;
  head(): Promise<number>;
  /** The cursor of the oldest event that is still kept; 0 when there is none. Who stands before it has missed some. */
  oldest(): Promise<number>;
  /**
   * Removes the oldest events, of the oldest `limit` those from before that time (ISO 8601). Tells how many. The newest
   * event always stays: cursors rise from it.
   */
  prune(options: { readonly before: string; readonly limit: number }): Promise<number>;
}

/** Ids that are good once: of an assertion that was shown. */
export interface SpentIds {
  /** False when it was spent before. Remembered until that time at least, in milliseconds since 1970. */
  spend(id: string, until: number): Promise<boolean>;
}

/** Small durable values that processes share: the kill switch, the policy in force, automations' counters. */
export interface Settings {
  /** Undefined when it was never put. */
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown, audit: readonly AuditEntry[], outbox?: readonly NewOutboxEvent[]): Promise<void>;
  /**
   * Puts only while the value is `was`, as it was read (undefined: never put). Of several who read the same one, one
   * writes; the others get `store.conflict`, and nothing of theirs is written.
   */
  swap(
    name: string,
    was: unknown,
    value: unknown,
    audit: readonly AuditEntry[],
    outbox?: readonly NewOutboxEvent[],
  ): Promise<void>;
}

/** A remembered thing: a lesson, a note. Text is redacted before it comes here. */
export interface MemoryEntry {
  readonly id: string;
  readonly kind: 'conversation' | 'lesson' | 'runbook' | 'note';
  readonly thread: string;
  readonly time: string;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Memory {
  /** Puts or replaces. */
  put(entry: MemoryEntry): Promise<void>;
  /** Best match first: the more of the words, the better. No word is syntax; case and accents do not count. */
  search(
    words: string,
    options: { readonly limit: number; readonly kind?: MemoryEntry['kind'] },
  ): Promise<readonly MemoryEntry[]>;
  /** The newest `limit` of them, oldest first. */
  thread(thread: string, options: { readonly limit: number }): Promise<readonly MemoryEntry[]>;
  forget(id: string): Promise<void>;
  /** Removes at most `limit` of these kinds from before that time (ISO 8601), the oldest first. Tells how many. */
  prune(options: {
    readonly before: string;
    readonly kinds: readonly MemoryEntry['kind'][];
    readonly limit: number;
  }): Promise<number>;
}

/**
 * Everything that is remembered for one customer. Made for one customer; no method takes one.
 * Errors: `store.unavailable`, `store.locked`, `store.full`, `store.corrupt`, `store.newer`, `store.read-only`,
 * `store.conflict`, `store.fenced`. After any of them nothing half is written.
 */
export interface Store {
  readonly changes: Journal<ChangeEvent>;
  readonly incidents: Journal<IncidentEvent>;
  readonly audit: AuditLog;
  readonly leases: Leases;
  readonly people: People;
  readonly outbox: Outbox;
  readonly settings: Settings;
  readonly memory: Memory;
  readonly conversations: Conversations;
  readonly spent: SpentIds;
  close(): Promise<void>;
}
