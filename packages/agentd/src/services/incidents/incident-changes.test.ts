import { describe, expect, it } from 'vitest';
import { appendIncidentEvents, readIncident } from '@autodevops/agent-core/incidents/incident-journal';
import type { Actor } from '@autodevops/domain/change/actor';
import type { ChangeEvent } from '@autodevops/domain/change/change';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { MemoryStore } from '@autodevops/testkit/memory-store';
import { filteredChanges, linkChange } from './incident-changes.ts';

const ann: Actor = {
  kind: 'person',
  account: 'local:ann',
  person: 'ann',
  name: 'Ann',
  roles: ['operator'],
  surface: 'cli',
};
const object = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: '' });
const key = 'pod.image.not-found Deployment/shop/api';
const hour = (number: number): string => `2026-01-01T${String(number).padStart(2, '0')}:00:00.000Z`;

async function changed(store: MemoryStore, id: string, time: string, about?: string): Promise<void> {
  const target = object(about ?? 'web');
  const event: ChangeEvent = {
    type: 'proposed',
    time,
    requester: ann,
    idempotencyKey: id,
    expiresAt: hour(23),
    reason: {
      text: 'Why',
      ...(about === undefined
        ? {}
        : { finding: { code: 'pod.image.not-found', object: target, confidence: 'high' as const, evidence: [] } }),
    },
    plan: {
      actions: [
        {
          request: { action: 'scale', target, params: {} },
          risk: 'low',
          sentences: { will: 'x', doing: 'x', done: 'x' },
          operations: [
            {
              verb: 'patch',
              target: { ...target, uid: 'u-1', resourceVersion: '7' },
              subresource: 'scale',
              steps: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
            },
          ],
          undo: { operations: [], why: '' },
          patience: 60,
        },
      ],
      diff: [],
      facts: { capturedAt: time, reversible: true, notes: [] },
    },
  };
  await store.changes.append({ id, after: 0, events: [event], audit: [], outbox: [] });
}

async function scene(): Promise<MemoryStore> {
  const store = createMemoryStore();
  const cause = {
    key,
    code: 'pod.image.not-found',
    title: 'x',
    object: object('api'),
    confidence: 'high' as const,
    cause: 'x',
    impact: '',
    began: '',
    since: '',
    nextSteps: [],
  };
  const opened = (id: string): IncidentEvent => ({
    type: 'opened',
    time: hour(10),
    actor: ann,
    idempotencyKey: id,
    origin: 'watch',
    title: 'Down',
    severity: 'sev2',
    groupKey: '',
    causes: id === 'inc-000001' ? [cause] : [],
    alerts: [],
  });
  const first = await appendIncidentEvents(store.incidents, {
    id: 'inc-000001',
    before: undefined,
    events: [opened('inc-000001')],
  });
  await appendIncidentEvents(store.incidents, {
    id: first.id,
    before: first,
    events: [{ type: 'resolved', time: hour(12), actor: ann, why: '' }],
  });
  await appendIncidentEvents(store.incidents, {
    id: 'inc-000002',
    before: undefined,
    events: [opened('inc-000002'), { type: 'merged', time: hour(11), actor: ann, into: 'inc-000001', why: '' }],
  });
  for (const [id, time, about] of [
    ['chg-before', hour(8), 'api'],
    ['chg-during', hour(11), 'api'],
    ['chg-other', hour(11), 'db'],
    ['chg-after', hour(13), 'api'],
    ['chg-linked', hour(9), undefined],
  ] as const) {
    await changed(store, id, time, about);
  }
  return store;
}

const all = { limit: 10, open: false };

describe('changes', () => {
  it('of an incident are those that are linked there, and those that were to remove its cause while it went on', async () => {
    const store = await scene();
    await linkChange(
      store.incidents,
      'inc-000001',
      { id: 'chg-linked', title: 'By hand' },
      { time: hour(12), actor: ann },
    );
    const ids = async (incident: string): Promise<readonly string[]> =>
      (await filteredChanges({ ...all, incident }, store)).map(({ id }) => id);
    expect(await ids('inc-000001')).toEqual(['chg-linked', 'chg-during']);
    expect(await ids('inc-000002')).toEqual(await ids('inc-000001'));
    expect((await filteredChanges({ ...all, limit: 1, incident: 'inc-000001' }, store)).map(({ id }) => id)).toEqual([
      'chg-linked',
    ]);
    await expect(ids('inc-000009')).rejects.toMatchObject({ code: 'incident.not-found' });
  });

  it('of a finding are those that were to remove it, the newest first', async () => {
    expect((await filteredChanges({ ...all, finding: key }, await scene())).map(({ id }) => id)).toEqual([
      'chg-after',
      'chg-during',
      'chg-before',
    ]);
  });
});

it('a change is linked once, to the incident that took the place of the one named', async () => {
  const store = await scene();
  for (let times = 0; times < 2; times += 1) {
    await linkChange(store.incidents, 'inc-000002', { id: 'chg-during', title: '' }, { time: hour(12), actor: ann });
  }
  const { links, sequence } = await readIncident(store.incidents, 'inc-000001');
  expect([links, sequence]).toEqual([[{ title: '', target: 'chg-during' }], 3]);
});
