import { createHash } from 'node:crypto';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { AuditCheckpoint, AuditRow } from '@autodevops/domain/change/audit-event';
import type { Person } from '@autodevops/domain/change/person';
import type { Conversation, Turn } from '@autodevops/domain/conversation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Lease, MemoryEntry, NewOutboxEvent, OutboxEvent } from '@autodevops/domain/ports/store';

export interface KeptJournal {
  readonly id: string;
  readonly key: string;
  events: readonly { readonly time: string }[];
}

export interface KeptConversation {
  readonly owner: string;
  conversation: Conversation;
  turns: readonly { readonly key: string; readonly turn: Turn }[];
}

export interface MemoryState {
  /** By kind; in the order they were begun. */
  readonly journals: Map<string, Map<string, KeptJournal>>;
  readonly audit: AuditRow[];
  readonly checkpoints: AuditCheckpoint[];
  readonly outbox: OutboxEvent[];
  readonly leases: Map<string, Lease>;
  /** Until when, in milliseconds. */
  readonly spent: Map<string, number>;
  readonly people: Map<string, Person>;
  readonly settings: Map<string, unknown>;
  readonly memory: Map<string, MemoryEntry>;
  /** By id; in the order they were begun. */
  readonly conversations: Map<string, KeptConversation>;
}

export interface Session {
  readonly state: MemoryState;
  readonly now: () => number;
  /** Runs whole or not at all: `work` throws before it changes anything. */
  readonly write: <T>(part: string, work: (state: MemoryState) => T) => Promise<T>;
}

export function emptyState(): MemoryState {
  return {
    journals: new Map(),
    audit: [],
    checkpoints: [],
    outbox: [],
    leases: new Map(),
    spent: new Map(),
    people: new Map(),
    settings: new Map(),
    memory: new Map(),
    conversations: new Map(),
  };
}

/** As it comes back from a database: nobody's own object, without what JSON leaves out. */
export function copied<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

export function auditHead({ audit }: MemoryState): { sequence: number; hash: string } {
  const last = audit.at(-1);
  return { sequence: last?.sequence ?? 0, hash: last?.hash ?? '0'.repeat(64) };
}

/** What could not be read again is refused, as the databases do. */
export function requireShape<T>(shape: { safeParse(value: unknown): { success: boolean } }, what: string, value: T): T {
  if (shape.safeParse(value).success) return value;
  throw new AutoDevOpsError(
    'internal',
    `${what} does not have the shape that it is kept in; nothing was written.`,
    'Report this, with what you did.',
  );
}

export function chained(state: MemoryState, entries: readonly AuditEntry[]): readonly AuditRow[] {
  let head = auditHead(state);
  return entries.map((entry) => {
    const sequence = head.sequence + 1;
    const hash = createHash('sha256')
      .update(`${sequence}\n${head.hash}\n${canonicalJson(requireShape(AuditEntry, 'An audit entry', entry))}`)
      .digest('hex');
    const row = { sequence, previous: head.hash, hash, entry: copied(entry) };
    head = row;
    return row;
  });
}

export function sent(state: MemoryState, events: readonly NewOutboxEvent[]): readonly OutboxEvent[] {
  return events.map((event, at) => ({ cursor: (state.outbox.at(-1)?.cursor ?? 0) + at + 1, ...copied(event) }));
}

export function conflict(what: string): AutoDevOpsError {
  return new AutoDevOpsError('store.conflict', what, 'Read it again and decide anew.');
}

export function requireLease(
  { state, now }: Session,
  fence: { readonly lease: string; readonly fence: number } | undefined,
): void {
  if (fence === undefined) return;
  const lease = state.leases.get(fence.lease);
  if (lease?.fence === fence.fence && Date.parse(lease.expiresAt) > now()) return;
  throw new AutoDevOpsError(
    'store.fenced',
    `The lease ${fence.lease} is no longer held by who wants to write.`,
    'Stop: somebody else may be at it. Acquire the lease again, then read again.',
  );
}
