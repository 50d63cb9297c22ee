import { describe, expect, it } from 'vitest';
import { shippedAutomations } from '@autodevops/agent-core/automations/shipped';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { automationsNow, modesSetting, turnAutomation } from './automating.ts';

const entry = (subject: string): AuditEntry => ({
  code: 'AUT001',
  time: '2026-01-01T12:00:00.000Z',
  onBehalfOf: '',
  subject,
  success: true,
  says: 'Ann turned it.',
  details: {},
  actor: { kind: 'person', account: 'cli:ann', person: 'p-ann', name: 'Ann', roles: [], surface: 'cli' },
});

async function modes(store: ReturnType<typeof createMemoryStore>): Promise<Record<string, string>> {
  return Object.fromEntries((await automationsNow(store.settings)).map(({ id, mode }) => [id, mode]));
}

describe('automations', () => {
  it('are as their makers want until somebody turns them', async () => {
    expect(await modes(createMemoryStore())).toEqual(
      Object.fromEntries(shippedAutomations.map(({ id, mode }) => [id, mode])),
    );
  });

  it('keep what each of several people turned at the same moment', async () => {
    const store = createMemoryStore();
    await Promise.all(
      shippedAutomations.map(
        async ({ id }, index) => await turnAutomation(store.settings, id, index % 2 === 0 ? 'off' : 'dry', entry(id)),
      ),
    );
    expect(await modes(store)).toEqual(
      Object.fromEntries(shippedAutomations.map(({ id }, index) => [id, index % 2 === 0 ? 'off' : 'dry'])),
    );
    expect(
      (await store.audit.rows({ from: 1, limit: 99 })).map(({ entry: { subject } }) => subject).toSorted(),
    ).toEqual(shippedAutomations.map(({ id }) => id).toSorted());
  });

  it('are off where what is stored of them cannot be understood, and can be turned on again one by one', async () => {
    const store = createMemoryStore();
    await store.settings.put(modesSetting, { 'raise-memory-limit': 'perhaps' }, []);
    expect(new Set(Object.values(await modes(store)))).toEqual(new Set(['off']));
    await turnAutomation(store.settings, 'raise-memory-limit', 'on', entry('raise-memory-limit'));
    expect(Object.entries(await modes(store)).filter(([, mode]) => mode !== 'off')).toEqual([
      ['raise-memory-limit', 'on'],
    ]);
  });

  it('that do not exist cannot be turned, with the names of those that do', async () => {
    const store = createMemoryStore();
    await expect(turnAutomation(store.settings, 'nothing', 'on', entry('nothing'))).rejects.toMatchObject({
      code: 'object.not-found',
      remedy: expect.stringContaining('undo-stuck-rollout'),
    });
    expect(await store.settings.get(modesSetting)).toBeUndefined();
  });
});
