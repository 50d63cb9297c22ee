import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { InboundEvent, KeptChannel, KeptInstallation, WantedMessage } from '@autodevops/domain/ports/bot-store';

/** Who works on it until when, in milliseconds since 1970. It stays his until somebody else takes it. */
export interface Held {
  holder: string;
  heldUntil: number;
}

export interface EventRow extends Held {
  event: InboundEvent;
  readonly sequence: number;
  state: 'waiting' | 'settled' | 'dead';
  attempts: number;
  dueAt: number;
  why: string;
  /** Rises with each event that is given up. */
  deadNumber: number;
}

export interface MessageRow extends Held {
  wanted: WantedMessage;
  readonly sequence: number;
  /** Since when it has waited, and gave up, in order. */
  turn: number;
  state: 'waiting' | 'settled' | 'dead';
  deliveredDigest: string;
  ts: string;
  attempts: number;
  isUncertain: boolean;
  readonly firstWantedAt: number;
  waitingSince: number;
  deliveredAt: number;
  dueAt: number;
  heldFor: number;
  why: string;
}

export interface MemoryBotState {
  readonly events: Map<string, EventRow>;
  readonly messages: Map<string, MessageRow>;
  readonly installations: Map<string, KeptInstallation>;
  readonly once: Map<string, { readonly data: Readonly<Record<string, unknown>>; readonly until: number }>;
  readonly channels: Map<string, KeptChannel>;
  /** By customer, then by name. */
  readonly notes: Map<string, Map<string, unknown>>;
  /** Of what was last claimed: whose turn it was. */
  readonly turns: Map<string, string>;
  counter: number;
}

export interface BotSession {
  readonly state: MemoryBotState;
  readonly now: () => number;
  /** Runs whole or not at all: `work` throws before it changes anything. */
  readonly write: <T>(part: string, work: () => T) => Promise<T>;
}

export function emptyBotState(): MemoryBotState {
  return {
    events: new Map(),
    messages: new Map(),
    installations: new Map(),
    once: new Map(),
    channels: new Map(),
    notes: new Map(),
    turns: new Map(),
    counter: 0,
  };
}

export function nextNumber(state: MemoryBotState): number {
  state.counter += 1;
  return state.counter;
}

/** Parts of a name, so that no two lists of parts have the same. */
export function nameOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/** Milliseconds since 1970 of an ISO 8601 time. Throws `internal`, as the databases do. */
export function instant(time: string): number {
  const at = Date.parse(time);
  if (!Number.isNaN(at)) return at;
  throw new AutoDevOpsError(
    'internal',
    'A time that is to be kept is not one; nothing was written.',
    'Report this, with what you did.',
  );
}

/** A name that is a key has at most 1024 bytes as it is kept, in the databases too. Throws `usage`. */
export function requireName(name: string): void {
  if (Buffer.byteLength(JSON.stringify(name)) <= 1026) return;
  throw new AutoDevOpsError(
    'usage',
    `A name that begins with "${name.slice(0, 40)}" has more than 1024 bytes.`,
    'Use a shorter one.',
  );
}

export function conflict(what: string): AutoDevOpsError {
  return new AutoDevOpsError('store.conflict', what, 'Read it again and decide anew.');
}

export function holdLost(what: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.fenced',
    `${what} is no longer held by who wants to go on with it.`,
    'Stop: somebody else is at it.',
  );
}

/**
 * The next `limit`, groups in turn, first those behind the one that was served last: each has the same share, and what
 * one leaves goes to who has more. Candidates come in the order within their group.
 */
export function inTurn<T>(
  candidates: readonly T[],
  groupOf: (candidate: T) => string,
  last: string,
  limit: number,
): readonly T[] {
  const groups = new Map<string, T[]>();
  for (const candidate of candidates) {
    groups.set(groupOf(candidate), [...(groups.get(groupOf(candidate)) ?? []), candidate]);
  }
  const names = [...groups.keys()].toSorted();
  const taken: T[] = [];
  for (
    let waiting = [...names.filter((name) => name > last), ...names.filter((name) => name <= last)];
    waiting.length > 0 && taken.length < limit;
  ) {
    const share = Math.max(1, Math.floor((limit - taken.length) / waiting.length));
    waiting = waiting.filter((name) => {
      const asked = Math.min(share, limit - taken.length);
      const given = groups.get(name)?.splice(0, asked) ?? [];
      taken.push(...given);
      return given.length === asked;
    });
  }
  return taken;
}
