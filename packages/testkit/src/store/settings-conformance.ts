import { describe, expect, it } from 'vitest';
import type { WithStore } from './with-store.ts';
import { auditEntry, oddTexts, outboxEvent } from './store-conformance-samples.ts';

export function settingsConformance(withStore: WithStore): void {
  describe('its settings', () => {
    it(
      'hold any JSON value, and nothing before they are put',
      withStore(async ({ store }) => {
        expect(await store.settings.get('kill-switch')).toBeUndefined();
        for (const value of [true, null, 0, 'text', { on: true, since: [1, { deep: null }] }]) {
          await store.settings.put('kill-switch', value, []);
          expect(await store.settings.get('kill-switch')).toEqual(value);
        }
      }),
    );

    it(
      'are seen at once by every process, with their audit and outbox',
      withStore(async ({ store, again }) => {
        const other = await again();
        await store.settings.put(
          'kill-switch',
          { on: true },
          [auditEntry('kill-switch', { code: 'KSW001' })],
          [outboxEvent('kill-switch', 'kill-switch.on')],
        );
        expect(await other.settings.get('kill-switch')).toEqual({ on: true });
        expect((await other.outbox.after(0, 10)).map(({ topic }) => topic)).toEqual(['kill-switch.on']);
        expect((await other.audit.rows({ from: 1, limit: 1 }))[0]?.entry.code).toBe('KSW001');
      }),
    );

    it(
      'are swapped by one of those who read the same, and by nobody who read another',
      withStore(async ({ store, again }) => {
        const other = await again();
        const outcomes = await Promise.allSettled(
          [store, other, store, other].map(({ settings }, at) =>
            settings.swap(
              'offer',
              undefined,
              { taken: at },
              [auditEntry('offer')],
              [outboxEvent('offer', 'offer.taken')],
            ),
          ),
        );
        expect(outcomes.map(({ status }) => status).toSorted()).toEqual([
          'fulfilled',
          'rejected',
          'rejected',
          'rejected',
        ]);
        expect(
          outcomes.flatMap((outcome) =>
            outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : [],
          ),
        ).toEqual(['store.conflict', 'store.conflict', 'store.conflict']);
        const taken = outcomes.findIndex(({ status }) => status === 'fulfilled');
        expect(await store.settings.get('offer')).toEqual({ taken });
        expect((await store.audit.head()).sequence).toBe(1);
        expect((await store.outbox.after(0, 10)).map(({ topic }) => topic)).toEqual(['offer.taken']);
        await other.settings.swap('offer', { taken }, { taken: 'b', by: 1 }, []);
        await store.settings.swap('offer', { by: 1, taken: 'b' }, null, []);
        expect(await other.settings.get('offer')).toBeNull();
        await expect(other.settings.swap('offer', undefined, 1, [])).rejects.toMatchObject({ code: 'store.conflict' });
      }),
    );

    it(
      'are kept apart by name, whatever the name',
      withStore(async ({ store }) => {
        for (const [at, text] of oddTexts.entries()) await store.settings.put(text, { text, at }, []);
        for (const [at, text] of oddTexts.entries()) expect(await store.settings.get(text)).toEqual({ text, at });
      }),
    );
  });
}
