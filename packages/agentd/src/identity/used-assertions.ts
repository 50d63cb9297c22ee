import type { SpentIds } from '@autodevops/domain/ports/store';
import type { Shown } from '../contract/endpoint.ts';

export interface UsedAssertionsChoice {
  readonly spent: SpentIds;
  /** Milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Which assertions were used, until they have ended: in memory, and in the store, which outlives this process and tells
 * the others on it. What wants to do something waits for the store; what only looks is written down a moment later, so
 * that a look costs no write of its own.
 */
export interface UsedAssertions {
  /** Whether it is used for the first time. Throws errors of the store. */
  readonly use: (id: string, until: number, right: Shown) => Promise<boolean>;
  /** Writes down what has still to be. */
  readonly close: () => Promise<void>;
}

const mostRemembered = 100_000;
/** In milliseconds: how long what only looked waits, to be written down with others. */
const gathering = 200;

export function usedAssertions({ spent, now, wait }: UsedAssertionsChoice): UsedAssertions {
  const used = new Map<string, number>();
  const toWrite = new Map<string, number>();
  let writing: Promise<void> | undefined;
  const remember = (id: string, until: number): boolean => {
    if (used.size >= mostRemembered) for (const [old, end] of used) if (end < now()) used.delete(old);
    // When there is no room to remember it, it cannot be told from a replay.
    if (used.has(id) || used.size >= mostRemembered) return false;
    used.set(id, until);
    return true;
  };
  const write = async (): Promise<void> => {
    const all = [...toWrite];
    toWrite.clear();
    await Promise.all(
      all
        .filter(([, until]) => until >= now())
        .map(async ([id, until]) => {
          // A store that is away takes it the next time; until then it is remembered here.
          await spent.spend(id, until).catch(() => void toWrite.set(id, until));
        }),
    );
  };
  const writeSoon = (): void => {
    writing ??= wait(gathering)
      .then(write)
      .finally(() => {
        writing = undefined;
      });
  };
  return {
    use: async (id, until, right) => {
      if (!remember(id, until)) return false;
      if (right !== 'read') return await spent.spend(id, until);
      toWrite.set(id, until);
      writeSoon();
      return true;
    },
    close: async () => {
      await writing;
      await write();
    },
  };
}
