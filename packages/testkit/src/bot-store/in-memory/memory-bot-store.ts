import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { leasesIn } from '../../store/in-memory/leases.ts';
import { emptyState } from '../../store/in-memory/state.ts';
import type { MemoryState } from '../../store/in-memory/state.ts';
import { inboxIn } from './inbox.ts';
import { channelsIn, installationsIn } from './installations.ts';
import { messagesIn } from './messages.ts';
import { notesIn, onceIn } from './notes.ts';
import { emptyBotState } from './state.ts';
import type { BotSession, MemoryBotState } from './state.ts';

export interface MemoryBotStoreOptions {
  /** Milliseconds since 1970, for holds and leases. */
  readonly now?: () => number;
  /** Called before every write with the name of the part. What it throws is thrown, and nothing is written. */
  readonly beforeWrite?: (part: string) => void;
}

export interface MemoryBotStore extends BotStore {
  /** Another handle on the same: what another replica, or this one after a restart, would see. */
  again(options?: MemoryBotStoreOptions): MemoryBotStore;
}

function storeOver(state: MemoryBotState, agent: MemoryState, options: MemoryBotStoreOptions): MemoryBotStore {
  const now = options.now ?? Date.now;
  const write = async <T>(part: string, work: () => T): Promise<T> => {
    await Promise.resolve();
    options.beforeWrite?.(part);
    return work();
  };
  const session: BotSession = { state, now, write };
  return {
    inbox: inboxIn(session),
    messages: messagesIn(session),
    installations: installationsIn(session),
    once: onceIn(session),
    channels: channelsIn(session),
    notes: notesIn(session),
    leases: leasesIn({ state: agent, now, write: (part, work) => write(part, () => work(agent)) }),
    close: () => Promise.resolve(),
    again: (other) => storeOver(state, agent, other ?? options),
  };
}

/** The BotStore port in memory, for tests of those who use it: it keeps what every adapter keeps to, and nothing lasts. */
export function createMemoryBotStore(options: MemoryBotStoreOptions = {}): MemoryBotStore {
  return storeOver(emptyBotState(), emptyState(), options);
}
