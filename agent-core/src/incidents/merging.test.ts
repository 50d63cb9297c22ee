import { expect, it } from 'vitest';
import { alone } from './incident-desk.ts';
import { changeIncident, readIncident } from './incident-journal.ts';
import { mergeInto } from './merging.ts';
import { ann, firingAlert } from './testing/incident-events.ts';
import { group, incidentScene } from './testing/incident-scene.ts';

const { signal } = new AbortController();

it('one incident becomes part of another in one write: both know of it, with their audit rows and notices', async () => {
  const { desk, tell, store } = incidentScene();
  const [first, second] = [
    await tell(group('one')),
    await tell(group('two', [firingAlert('f-2', { severity: 'sev1' })])),
  ];
  const [into, from] = [await readIncident(store.incidents, first), await readIncident(store.incidents, second)];
  const before = await store.outbox.head();
  const merged = await alone(
    desk,
    signal,
    async (fence) => await mergeInto(into, from, { why: 'The same.', fence }, desk),
  );
  expect(merged).toMatchObject({ id: first, severity: 'sev1', groupKeys: ['one', 'two'] });
  expect(await readIncident(store.incidents, first)).toEqual(merged);
  expect(await readIncident(store.incidents, second)).toMatchObject({ state: 'merged', mergedInto: first });
  expect((await store.outbox.after(before, 10)).map(({ topic, subject }) => [topic, subject])).toEqual([
    ['incident.absorbed', first],
    ['incident.merged', second],
  ]);
  expect((await store.audit.rows({ from: 1, limit: 10 })).map(({ entry }) => [entry.code, entry.subject])).toEqual([
    ['INC001', first],
    ['INC001', second],
    ['INC008', second],
  ]);
});

it.each(['into', 'from'] as const)(
  'neither knows of it when somebody wrote to the one (%s) meanwhile',
  async (which) => {
    const { desk, tell, store } = incidentScene();
    const [first, second] = [await tell(group('one')), await tell(group('two'))];
    const [into, from] = [await readIncident(store.incidents, first), await readIncident(store.incidents, second)];
    await changeIncident(store.incidents, which === 'into' ? first : second, () => [
      { type: 'said', time: '2026-01-01T00:00:01.000Z', actor: ann, text: 'Hello' },
    ]);
    const before = await store.outbox.head();
    await expect(
      alone(desk, signal, async (fence) => await mergeInto(into, from, { why: 'The same.', fence }, desk)),
    ).rejects.toMatchObject({ code: 'store.conflict' });
    expect([
      (await readIncident(store.incidents, first)).groupKeys,
      (await readIncident(store.incidents, second)).state,
    ]).toEqual([['one'], 'open']);
    expect(await store.outbox.head()).toBe(before);
  },
);
