import { describe, expect, it } from 'vitest';
import type { Store } from '@autodevops/domain/ports/store';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { breakGlassNow, brokenNow, glassRecord, glassSetting, glassStanding, reviewGlassNow } from './glass-record.ts';
import type { GlassDesk } from './glass-record.ts';
import { agent, ann, bob, noon } from '../testing/samples.ts';

const minute = 60_000;
const asked = { id: 'glass-000001', actor: ann, reason: 'The shop is down, everybody sleeps.', minutes: 30 };

function deskOf(store: Pick<Store, 'settings' | 'audit'> = createMemoryStore(), now = noon): GlassDesk {
  return { store, clock: { now: () => now, wait: async () => {} } };
}

async function codesOf({ store }: GlassDesk): Promise<readonly string[]> {
  return (await store.audit.rows({ from: 1, limit: 99 })).map(({ entry }) => entry.code);
}

describe('broken glass', () => {
  it('is broken for every process, until its time is over, and audited in that moment', async () => {
    const store = createMemoryStore();
    await breakGlassNow(asked, deskOf(store));
    const record = await glassRecord(store.again().settings);
    expect([noon, noon + 30 * minute].map((now) => brokenNow(record, now)?.id)).toEqual(['glass-000001', undefined]);
    expect((await store.audit.rows({ from: 1, limit: 9 })).map(({ entry: { code, says } }) => [code, says])).toEqual([
      ['BRK001', 'ann broke the glass until 2026-01-01T12:30:00.000Z: The shop is down, everybody sleeps.'],
    ]);
    expect((await store.outbox.after(0, 9)).map(({ topic }) => topic)).toEqual(['glass.broken']);
  });

  it('is broken once by the same request', async () => {
    const desk = deskOf();
    await breakGlassNow(asked, desk);
    await breakGlassNow(asked, desk);
    expect(await glassRecord(desk.store.settings)).toHaveLength(1);
    expect(await codesOf(desk)).toEqual(['BRK001']);
  });

  it('is as long as the longest of several', async () => {
    const desk = deskOf();
    await breakGlassNow({ ...asked, id: 'glass-long00', minutes: 60 }, desk);
    await breakGlassNow({ ...asked, id: 'glass-short0', minutes: 5, actor: bob }, desk);
    expect(brokenNow(await glassRecord(desk.store.settings), noon)?.id).toBe('glass-long00');
  });

  it('is refused to who is no linked person, and the refusal is audited', async () => {
    const desk = deskOf();
    for (const actor of [agent, { ...ann, person: '' }]) {
      await expect(breakGlassNow({ ...asked, actor }, desk)).rejects.toMatchObject({ code: 'change.not-allowed' });
    }
    expect(await codesOf(desk)).toEqual(['DNY001', 'DNY001']);
    expect(await glassRecord(desk.store.settings)).toEqual([]);
  });

  it('is not broken when that cannot be written', async () => {
    const store = createMemoryStore({
      beforeWrite: (part) => {
        if (part === 'settings') throw new Error('full');
      },
    });
    await expect(breakGlassNow(asked, deskOf(store))).rejects.toThrow('full');
    expect(await glassRecord(store.settings)).toEqual([]);
  });

  it('is told apart from what cannot be understood, which nothing overwrites', async () => {
    const store = createMemoryStore();
    await store.settings.put(glassSetting, [{ id: 'x' }], []);
    await expect(breakGlassNow(asked, deskOf(store))).rejects.toMatchObject({ code: 'store.corrupt' });
    expect(await store.settings.get(glassSetting)).toEqual([{ id: 'x' }]);
  });

  it("loses nobody's entry when several break it at once", async () => {
    const store = createMemoryStore();
    const ids = ['glass-000001', 'glass-000002', 'glass-000003'];
    await Promise.all(ids.map(async (id) => await breakGlassNow({ ...asked, id }, deskOf(store))));
    expect((await glassRecord(store.settings)).map(({ id }) => id).toSorted()).toEqual(ids);
    expect(await codesOf(deskOf(store))).toEqual(['BRK001', 'BRK001', 'BRK001']);
  });
});

describe('a review', () => {
  const after = noon + 31 * minute;

  it('is due when the time is over, overdue after a day, and done by another person', async () => {
    const store = createMemoryStore();
    const glass = await breakGlassNow(asked, deskOf(store));
    expect([noon, after, noon + 24 * 60 * minute].map((now) => glassStanding(glass, now))).toEqual([
      'broken',
      'review-due',
      'overdue',
    ]);
    const reviewed = await reviewGlassNow({ id: glass.id, actor: bob, says: 'It was right.' }, deskOf(store, after));
    expect(glassStanding(reviewed, noon + 48 * 60 * minute)).toBe('reviewed');
    expect(await codesOf(deskOf(store))).toEqual(['BRK001', 'BRK002']);
  });

  it('is refused to who broke it, while it is broken, of what is not there, and twice', async () => {
    const store = createMemoryStore();
    const { id } = await breakGlassNow(asked, deskOf(store));
    const review = { id, actor: bob, says: 'Fine.' };
    await expect(reviewGlassNow(review, deskOf(store))).rejects.toMatchObject({ code: 'change.wrong-state' });
    await expect(reviewGlassNow({ ...review, actor: ann }, deskOf(store, after))).rejects.toMatchObject({
      code: 'change.not-allowed',
    });
    await expect(reviewGlassNow({ ...review, id: 'glass-nothing' }, deskOf(store, after))).rejects.toMatchObject({
      code: 'object.not-found',
    });
    await reviewGlassNow(review, deskOf(store, after));
    await expect(reviewGlassNow(review, deskOf(store, after))).rejects.toThrow(
      'bob has reviewed glass-000001 already.',
    );
  });

  it('makes room among those that are reviewed, and never among those that are not', async () => {
    const store = createMemoryStore();
    await breakGlassNow({ ...asked, id: 'glass-open00' }, deskOf(store));
    for (let at = 0; at < 55; at++) {
      const id = `glass-${String(at).padStart(6, '0')}`;
      await breakGlassNow({ ...asked, id, minutes: 1 }, deskOf(store));
      await reviewGlassNow({ id, actor: bob, says: 'Fine.' }, deskOf(store, after));
    }
    const ids = (await glassRecord(store.settings)).map(({ id }) => id);
    expect(ids).toHaveLength(51);
    expect(ids[0]).toBe('glass-open00');
    expect(ids).not.toContain('glass-000000');
  });
});
