import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { usedAssertions } from './used-assertions.ts';
import type { UsedAssertions } from './used-assertions.ts';

const later = 60_000;

interface Scene {
  readonly store: ReturnType<typeof createMemoryStore>;
  /** A process on the store. */
  readonly start: () => UsedAssertions;
  /** Ends the waits that are under way. */
  readonly passed: () => Promise<void>;
  now: number;
  isAway: boolean;
}

function scene(): Scene {
  const waits: (() => void)[] = [];
  const made: Scene = {
    now: 0,
    isAway: false,
    store: createMemoryStore({
      now: () => made.now,
      beforeWrite: () => {
        if (made.isAway) throw new AutoDevOpsError('store.unavailable', 'The store is away.', '');
      },
    }),
    start: () =>
      usedAssertions({
        spent: made.store.spent,
        now: () => made.now,
        wait: async () =>
          await new Promise((resolve) => {
            waits.push(resolve);
          }),
      }),
    passed: async () => {
      for (const end of waits.splice(0)) end();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  return made;
}

describe('an assertion', () => {
  it.each(['read', 'decide'] as const)(
    'to %s is good once in a process, whatever it is shown for then',
    async (right) => {
      const { use } = scene().start();
      expect([await use('a', later, right), await use('a', later, 'read'), await use('a', later, 'decide')]).toEqual([
        true,
        false,
        false,
      ]);
    },
  );

  it('by which something was done is not good after a restart, nor at another process', async () => {
    const the = scene();
    const other = the.start();
    await the.start().use('a', later, 'propose');
    expect([await the.start().use('a', later, 'propose'), await other.use('a', later, 'decide')]).toEqual([
      false,
      false,
    ]);
  });

  it('by which somebody only looked costs that look no write, and does nothing after a restart', async () => {
    const the = scene();
    the.isAway = true;
    expect(await the.start().use('a', later, 'read')).toBe(true);
    the.isAway = false;
    await the.passed();
    expect(await the.start().use('a', later, 'decide')).toBe(false);
  });

  it('that the store could not take is written down with the next, or at the end', async () => {
    const the = scene();
    const used = the.start();
    await used.use('a', later, 'read');
    the.isAway = true;
    await the.passed();
    the.isAway = false;
    await used.use('b', later, 'read');
    await the.passed();
    expect(await the.start().use('a', later, 'decide')).toBe(false);
    await used.use('c', later, 'read');
    const closed = used.close();
    await the.passed();
    await closed;
    expect(await the.start().use('c', later, 'decide')).toBe(false);
  });

  it('does nothing while the store cannot say whether it was used', async () => {
    const the = scene();
    the.isAway = true;
    await expect(the.start().use('a', later, 'decide')).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  it('is refused where there is no room to remember it', async () => {
    const the = scene();
    const { use } = the.start();
    for (let nth = 0; nth < 100_000; nth += 1) await use(`a ${nth}`, later, 'read');
    expect(await use('one more', later, 'read')).toBe(false);
    the.now = later + 1;
    expect(await use('later', 2 * later, 'read')).toBe(true);
  });
});
