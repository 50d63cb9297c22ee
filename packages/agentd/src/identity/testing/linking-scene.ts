import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { MemoryStore } from '@autodevops/testkit/memory-store';

export const start = Date.UTC(2026, 0, 1);

/** Somebody whom nobody is linked to, in Slack. */
export function actorOf(account: string): Actor {
  return { kind: 'person', account, person: '', name: account, roles: [], surface: 'slack' };
}

export const put: AuditEntry = {
  code: 'PPL001',
  time: '2026-01-01T00:00:00.000Z',
  actor: actorOf('local:root'),
  onBehalfOf: '',
  subject: 'ann',
  success: true,
  says: 'root linked somebody.',
  details: {},
};

/** Ann, who approves, and Ben, who looks; both are known on this machine. */
export async function peopled(): Promise<MemoryStore> {
  const store = createMemoryStore();
  await store.people.put({ id: 'ann', name: 'Ann', accounts: ['local:ann'], roles: ['approver'] }, put);
  await store.people.put({ id: 'ben', name: 'Ben', accounts: ['local:ben'], roles: ['viewer'] }, put);
  return store;
}

export async function lastEntry(store: MemoryStore): Promise<AuditEntry | undefined> {
  return (await store.audit.rows({ from: 1, limit: 1000 })).at(-1)?.entry;
}
