import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { WithStore } from './with-store.ts';
import { auditEntry, outboxEvent } from './store-conformance-samples.ts';

const zeros = '0'.repeat(64);

export function auditConformance(withStore: WithStore): void {
  describe('its audit log', () => {
    it(
      'is a chain: each row holds the hash of the one before, from 64 zeros on',
      withStore(async ({ store }) => {
        expect(await store.audit.head()).toEqual({ sequence: 0, hash: zeros });
        await store.audit.append([auditEntry('a'), auditEntry('ü 日本 \ud800 "\\\u0007')]);
        await store.audit.append([auditEntry('c', { details: { z: 1, a: [1e21, -0, 0.1], Ω: { '': null } } })]);
        const rows = await store.audit.rows({ from: 1, limit: 10 });
        let previous = zeros;
        for (const [at, row] of rows.entries()) {
          const hash = createHash('sha256')
            .update(`${at + 1}\n${previous}\n${canonicalJson(row.entry)}`)
            .digest('hex');
          expect(row).toMatchObject({ sequence: at + 1, previous, hash });
          previous = hash;
        }
        expect(await store.audit.head()).toEqual({ sequence: 3, hash: previous });
      }),
    );

    it(
      'is read in pages',
      withStore(async ({ store }) => {
        await store.audit.append(['a', 'b', 'c', 'd'].map((subject) => auditEntry(subject)));
        expect((await store.audit.rows({ from: 2, limit: 2 })).map(({ entry }) => entry.subject)).toEqual(['b', 'c']);
        expect(await store.audit.rows({ from: 5, limit: 2 })).toEqual([]);
      }),
    );

    it(
      'has nothing to write where there is nothing to say',
      withStore(async ({ store }) => {
        await store.audit.append([]);
        expect((await store.audit.head()).sequence).toBe(0);
      }),
    );

    it(
      'refuses an entry that could not be read again, and stays as it was',
      withStore(async ({ store }) => {
        for (const wrong of [
          { details: { share: Number.NaN } },
          { code: 'XXX999' },
          { says: undefined },
          { more: 1 },
        ]) {
          const entry = { ...auditEntry('b'), ...wrong } as ReturnType<typeof auditEntry>;
          await expect(store.audit.append([auditEntry('a'), entry])).rejects.toMatchObject({ code: 'internal' });
        }
        expect((await store.audit.head()).sequence).toBe(0);
      }),
    );

    it(
      'keeps checkpoints in the order they came',
      withStore(async ({ store }) => {
        const checkpoint = { sequence: 1, hash: zeros, time: '2026-01-01T00:00:00.000Z', key: 'k', signature: 's' };
        await store.audit.keepCheckpoint(checkpoint);
        await store.audit.keepCheckpoint({ ...checkpoint, sequence: 2 });
        expect(await store.audit.checkpoints()).toEqual([checkpoint, { ...checkpoint, sequence: 2 }]);
      }),
    );
  });

  describe('its outbox', () => {
    it(
      'gives events after a cursor, oldest first, with what was put into them',
      withStore(async ({ store }) => {
        expect(await store.outbox.head()).toBe(0);
        await store.settings.put('a', 1, [], [outboxEvent('a'), outboxEvent('b')]);
        await store.settings.put('a', 2, [], [outboxEvent('c')]);
        const all = await store.outbox.after(0, 10);
        expect(all).toEqual(
          ['a', 'b', 'c'].map((subject, at) => ({ cursor: all[at]?.cursor, ...outboxEvent(subject) })),
        );
        expect(await store.outbox.after(all[0]?.cursor ?? 0, 1)).toEqual([all[1]]);
        expect(await store.outbox.head()).toBe(all[2]?.cursor);
        expect(await store.outbox.after(await store.outbox.head(), 10)).toEqual([]);
      }),
    );
  });
}
