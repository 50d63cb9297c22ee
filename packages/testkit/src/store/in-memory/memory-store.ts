import { ChangeEvent } from '@autodevops/domain/change/change';
import { endsChange } from '@autodevops/domain/change/change-end';
import { endsIncident, IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Store } from '@autodevops/domain/ports/store';
import { auditLogIn } from './audit-log.ts';
import { conversationsIn } from './conversations.ts';
import { journalIn } from './journal.ts';
import { leasesIn } from './leases.ts';
import { memoryIn } from './memory.ts';
import { outboxIn } from './outbox.ts';
import { peopleIn } from './people.ts';
import { settingsIn } from './settings.ts';
import { spentIdsIn } from './spent-ids.ts';
import { emptyState } from './state.ts';
import type { MemoryState, Session } from './state.ts';

export interface MemoryStoreOptions {
  /** Milliseconds since 1970, for leases. */
  readonly now?: () => number;
  /** Called before every write with the name of the part. What it throws is thrown, and nothing is written. */
  readonly beforeWrite?: (part: string) => void;
}

export interface MemoryStore extends Store {
  /** Another handle on the same: what another process, or this one after a restart, would see. */
  again(options?: MemoryStoreOptions): MemoryStore;
}

function storeOver(state: MemoryState, options: MemoryStoreOptions): MemoryStore {
  const session: Session = {
    state,
    now: options.now ?? Date.now,
    write: async (part, work) => {
      await Promise.resolve();
      options.beforeWrite?.(part);
      return work(state);
    },
  };
  return {
    changes: journalIn<ChangeEvent>(session, { name: 'changes', shape: ChangeEvent, ends: endsChange }),
    incidents: journalIn<IncidentEvent>(session, { name: 'incidents', shape: IncidentEvent, ends: endsIncident }),
    audit: auditLogIn(session),
    leases: leasesIn(session),
    people: peopleIn(session),
    outbox: outboxIn(session),
    settings: settingsIn(session),
    memory: memoryIn(session),
    conversations: conversationsIn(session),
    spent: spentIdsIn(session),
    close: () => Promise.resolve(),
    again: (other) => storeOver(state, other ?? options),
  };
}

/** The Store port in memory, for tests of those who use it: it keeps what every adapter keeps to, and nothing lasts. */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  return storeOver(emptyState(), options);
}
