import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '@autodevops/domain/change/change';
import type { JournalRecord, Store } from '@autodevops/domain/ports/store';
import type { WithStore } from './with-store.ts';
import {
  auditEntry,
  forbidden,
  incidentOpened,
  incidentReopened,
  incidentResolved,
  incidentSaid,
  oddTexts,
  outboxEvent,
  proposed,
  verificationBegan,
  verified,
} from './store-conformance-samples.ts';

type Record = JournalRecord<ChangeEvent>;

function record(id: string, after: number, events: readonly ChangeEvent[], more: Partial<Record> = {}): Record {
  return { id, after, events, audit: [auditEntry(id)], outbox: [outboxEvent(id)], ...more };
}

/** What is written with a journal; two that are equal say that nothing was. */
async function written(store: Store, id: string): Promise<object> {
  return {
    events: await store.changes.read(id),
    audit: await store.audit.head(),
    outbox: await store.outbox.head(),
    list: await store.changes.list({ limit: 100 }),
  };
}

function writing(withStore: WithStore): void {
  it(
    'gives back the events of a journal in order, as they were written',
    withStore(async ({ store }) => {
      await store.changes.append(record('chg-1', 0, [proposed('k-1')]));
      await store.changes.append(record('chg-1', 1, [verificationBegan, verified]));
      expect(await store.changes.read('chg-1')).toEqual([proposed('k-1'), verificationBegan, verified]);
      expect(await store.changes.read('chg-2')).toEqual([]);
    }),
  );

  it(
    'gives whoever knows the first events the others',
    withStore(async ({ store }) => {
      await store.changes.append(record('chg-1', 0, [proposed('k-1'), verificationBegan, verified]));
      expect(await Promise.all([0, 1, 3, 4].map((after) => store.changes.read('chg-1', after)))).toEqual([
        [proposed('k-1'), verificationBegan, verified],
        [verificationBegan, verified],
        [],
        [],
      ]);
    }),
  );

  it(
    'refuses who has not seen the last event, and writes nothing of it',
    withStore(async ({ store }) => {
      await store.changes.append(record('chg-1', 0, [proposed('k-1')]));
      const before = await written(store, 'chg-1');
      for (const after of [0, 2]) {
        await expect(store.changes.append(record('chg-1', after, [verificationBegan]))).rejects.toMatchObject({
          code: 'store.conflict',
        });
      }
      await expect(store.changes.append(record('chg-new', 1, [verificationBegan]))).rejects.toMatchObject({
        code: 'store.conflict',
      });
      expect(await written(store, 'chg-1')).toEqual(before);
      expect(await store.changes.read('chg-new')).toEqual([]);
    }),
  );

  it(
    'writes audit and outbox with the events',
    withStore(async ({ store }) => {
      await store.changes.append(
        record('chg-1', 0, [proposed('k-1')], {
          audit: [auditEntry('a'), auditEntry('b')],
          outbox: [outboxEvent('x'), outboxEvent('y')],
        }),
      );
      expect((await store.audit.rows({ from: 1, limit: 10 })).map(({ entry }) => entry.subject)).toEqual(['a', 'b']);
      expect((await store.outbox.after(0, 10)).map(({ subject }) => subject)).toEqual(['x', 'y']);
    }),
  );

  it(
    'records a refusal without an event, and makes no journal for it',
    withStore(async ({ store }) => {
      await store.changes.append(record('chg-1', 0, []));
      expect(await store.changes.list({ limit: 10 })).toEqual([]);
      expect((await store.audit.head()).sequence).toBe(1);
    }),
  );

  it(
    'refuses an event that could not be read again, and writes nothing of it',
    withStore(async ({ store }) => {
      const wrong = { ...verified, says: undefined } as unknown as ChangeEvent;
      await expect(store.changes.append(record('chg-1', 0, [proposed('k-1'), wrong]))).rejects.toMatchObject({
        code: 'internal',
      });
      expect(await written(store, 'chg-1')).toMatchObject({ events: [], outbox: 0, list: [] });
    }),
  );

  it(
    'keeps journals of different kinds apart',
    withStore(async ({ store }) => {
      await store.changes.append(record('same', 0, [proposed('k')]));
      await store.incidents.append({ id: 'same', after: 0, events: [incidentOpened('k')], audit: [], outbox: [] });
      expect(await store.incidents.read('same')).toEqual([incidentOpened('k')]);
      expect(await store.incidents.byKey('k')).toBe('same');
      expect(await store.changes.read('same')).toEqual([proposed('k')]);
    }),
  );

  it(
    'finds everything again when it is opened again',
    withStore(async ({ store, again }) => {
      await store.changes.append(record('chg-1', 0, [proposed('k-1')]));
      const other = await again();
      expect(await written(other, 'chg-1')).toEqual(await written(store, 'chg-1'));
      await other.changes.append(record('chg-1', 1, [verificationBegan]));
      expect(await store.changes.read('chg-1')).toHaveLength(2);
    }),
  );
}

function together(withStore: WithStore): void {
  it(
    'writes several journals at once, in their order',
    withStore(async ({ store, again }) => {
      await store.changes.append(record('chg-1', 0, [proposed('k-1')]));
      await store.changes.appendAll([
        record('chg-1', 1, [verificationBegan, verified]),
        record('chg-2', 0, [proposed('k-2')]),
      ]);
      const other = await again();
      expect([(await other.changes.read('chg-1')).length, (await other.changes.read('chg-2')).length]).toEqual([3, 1]);
      expect((await other.audit.rows({ from: 1, limit: 10 })).map(({ entry }) => entry.subject)).toEqual([
        'chg-1',
        'chg-1',
        'chg-2',
      ]);
      expect((await other.outbox.after(0, 10)).map(({ subject }) => subject)).toEqual(['chg-1', 'chg-1', 'chg-2']);
      expect(await other.changes.byKey('k-2')).toBe('chg-2');
    }),
  );

  it.each([
    ['first', [record('chg-1', 0, [verificationBegan]), record('chg-2', 0, [proposed('k-2')])]],
    ['last', [record('chg-2', 0, [proposed('k-2')]), record('chg-1', 0, [verificationBegan])]],
    ['last, for its key,', [record('chg-2', 0, [proposed('k-2')]), record('chg-3', 0, [proposed('k-1')])]],
    [
      'last, for a key of the same write,',
      [record('chg-2', 0, [proposed('k-2')]), record('chg-3', 0, [proposed('k-2')])],
    ],
    [
      'last, for its lease,',
      [
        record('chg-2', 0, [proposed('k-2')]),
        record('chg-3', 0, [proposed('k-3')], { fence: { lease: 'nobody', fence: 7 } }),
      ],
    ],
  ])('writes nothing of several when the %s is refused', async (_which, records) => {
    await withStore(async ({ store }) => {
      await store.changes.append(record('chg-1', 0, [proposed('k-1')]));
      const before = await written(store, 'chg-1');
      await expect(store.changes.appendAll(records)).rejects.toMatchObject({
        code: expect.stringMatching(/^store\.(conflict|fenced)$/),
      });
      expect(await written(store, 'chg-1')).toEqual(before);
      expect([
        await store.changes.read('chg-2'),
        await store.changes.read('chg-3'),
        await store.changes.byKey('k-2'),
      ]).toEqual([[], [], undefined]);
    })();
  });

  it(
    'refuses two records of one journal at once, and nothing is written of none',
    withStore(async ({ store }) => {
      await expect(
        store.changes.appendAll([record('chg-1', 0, [proposed('k-1')]), record('chg-1', 1, [verificationBegan])]),
      ).rejects.toMatchObject({ code: 'internal' });
      await store.changes.appendAll([]);
      expect(await written(store, 'chg-1')).toMatchObject({ events: [], outbox: 0, list: [] });
    }),
  );
}

function keys(withStore: WithStore): void {
  it(
    'knows which journal an idempotency key was used for',
    withStore(async ({ store }) => {
      await store.changes.append(record('chg-1', 0, [proposed('k-1')]));
      expect(await store.changes.byKey('k-1')).toBe('chg-1');
      expect(await store.changes.byKey('k-2')).toBeUndefined();
      expect(await store.incidents.byKey('k-1')).toBeUndefined();
    }),
  );

  it(
    'refuses a key a second time, and writes nothing of it',
    withStore(async ({ store }) => {
      await store.changes.append(record('chg-1', 0, [proposed('k-1')]));
      const before = await written(store, 'chg-2');
      await expect(store.changes.append(record('chg-2', 0, [proposed('k-1')]))).rejects.toMatchObject({
        code: 'store.conflict',
      });
      expect(await written(store, 'chg-2')).toEqual(before);
    }),
  );

  it(
    'takes any text for an id and a key, and mixes none up',
    withStore(async ({ store }) => {
      const texts = oddTexts.filter((text) => text !== '');
      for (const text of texts) {
        await store.changes.append(
          record(text, 0, [proposed(`key ${text}`)], {
            audit: [auditEntry(text, { says: text, details: { [`key ${text}`]: text } })],
            outbox: [outboxEvent(text)],
          }),
        );
      }
      for (const text of texts) {
        expect(await store.changes.byKey(`key ${text}`)).toBe(text);
        expect(await store.changes.read(text)).toEqual([proposed(`key ${text}`)]);
      }
      expect((await store.changes.list({ limit: 100 })).map(({ id }) => id)).toEqual(texts.toReversed());
      expect((await store.outbox.after(0, 100)).map(({ subject }) => subject)).toEqual(texts);
      expect((await store.audit.rows({ from: 1, limit: 100 })).map(({ entry }) => entry)).toEqual(
        texts.map((text) => auditEntry(text, { says: text, details: { [`key ${text}`]: text } })),
      );
    }),
  );
}

function lists(withStore: WithStore): void {
  it(
    'lists the journal begun last first, in pages',
    withStore(async ({ store }) => {
      for (const id of ['b', 'c', 'a']) {
        await store.changes.append(record(id, 0, [proposed(id, `2026-01-0${id === 'b' ? 3 : 1}T00:00:00.000Z`)]));
      }
      await store.changes.append(record('b', 1, [verificationBegan]));
      expect((await store.changes.list({ limit: 2 })).map(({ id }) => id)).toEqual(['a', 'c']);
      expect(await store.changes.list({ limit: 2, before: 'c' })).toEqual([
        { id: 'b', sequence: 2, firstTime: '2026-01-03T00:00:00.000Z', lastTime: verificationBegan.time },
      ]);
      expect(await store.changes.list({ limit: 2, before: 'nobody' })).toEqual([]);
    }),
  );

  it(
    'tells those that are open from those that ended',
    withStore(async ({ store }) => {
      await store.changes.append(record('open', 0, [proposed('1')]));
      await store.changes.append(record('done', 0, [proposed('2'), verified]));
      await store.changes.append(record('forbidden', 0, [proposed('3'), forbidden]));
      await store.changes.append(record('taken-back', 0, [proposed('4'), verified]));
      await store.changes.append(
        record('taken-back', 2, [
          { type: 'undo-began', time: verified.time, why: 'slower', actor: auditEntry('').actor },
        ]),
      );
      expect((await store.changes.list({ limit: 10, open: true })).map(({ id }) => id)).toEqual(['taken-back', 'open']);
      expect((await store.changes.list({ limit: 10, open: true, before: 'taken-back' })).map(({ id }) => id)).toEqual([
        'open',
      ]);
      expect(await store.changes.list({ limit: 10, open: false })).toHaveLength(4);
    }),
  );

  it(
    'tells incidents that go on from those that are over, also when one returns',
    withStore(async ({ store }) => {
      const begin = async (
        id: string,
        ...later: Parameters<typeof store.incidents.append>[0]['events']
      ): Promise<void> =>
        await store.incidents.append({
          id,
          after: 0,
          events: [incidentOpened(id), ...later],
          audit: [],
          outbox: [outboxEvent(id, 'incident.opened')],
        });
      await begin('i-1', incidentSaid);
      await begin('i-2', incidentSaid, incidentResolved);
      await begin('i-3', incidentResolved, incidentReopened);
      expect((await store.incidents.list({ limit: 10, open: true })).map(({ id }) => id)).toEqual(['i-3', 'i-1']);
      await store.incidents.append({ id: 'i-3', after: 3, events: [incidentResolved], audit: [], outbox: [] });
      expect((await store.incidents.list({ limit: 10, open: true })).map(({ id }) => id)).toEqual(['i-1']);
    }),
  );

  it(
    'refuses what is no event of an incident, and writes nothing of it, neither to the outbox',
    withStore(async ({ store }) => {
      const wrong = { ...incidentSaid, type: 'shouted' } as unknown as typeof incidentSaid;
      await expect(
        store.incidents.append({
          id: 'i-1',
          after: 0,
          events: [incidentOpened('k'), wrong],
          audit: [],
          outbox: [outboxEvent('i-1')],
        }),
      ).rejects.toMatchObject({ code: 'internal' });
      expect([await store.incidents.read('i-1'), await store.outbox.head()]).toEqual([[], 0]);
    }),
  );
}

function fences(withStore: WithStore): void {
  it(
    'writes under a lease that is held',
    withStore(async ({ store }) => {
      const lease = await store.leases.acquire('chg-1', 'me', 60_000);
      await store.changes.append(
        record('chg-1', 0, [proposed('k')], { fence: { lease: 'chg-1', fence: lease?.fence ?? 0 } }),
      );
      expect(await store.changes.read('chg-1')).toHaveLength(1);
    }),
  );

  it(
    'writes nothing for who no longer holds the lease',
    withStore(async ({ store }) => {
      const old = await store.leases.acquire('l', 'me', 60_000);
      if (old === undefined) throw new Error('A free lease was not given.');
      await store.leases.release(old);
      const before = await written(store, 'chg-1');
      const late = record('chg-1', 0, [proposed('k')], { fence: { lease: 'l', fence: old.fence } });
      await expect(store.changes.append(late)).rejects.toMatchObject({ code: 'store.fenced' });
      await store.leases.acquire('l', 'somebody else', 60_000);
      await expect(store.changes.append(late)).rejects.toMatchObject({ code: 'store.fenced' });
      await expect(
        store.changes.append(record('chg-1', 0, [proposed('k')], { fence: { lease: 'never', fence: 1 } })),
      ).rejects.toMatchObject({ code: 'store.fenced' });
      expect(await written(store, 'chg-1')).toEqual(before);
    }),
  );
}

export function journalConformance(withStore: WithStore): void {
  describe('its journals', () => {
    writing(withStore);
    together(withStore);
    keys(withStore);
    lists(withStore);
    fences(withStore);
  });
}
