import { EscalationPolicy } from '@autodevops/domain/incident/escalation-policy';
import { describe, expect, it } from 'vitest';
import { changeIncident, readIncident } from '../incident-journal.ts';
import { ann, firingAlert } from '../testing/incident-events.ts';
import { group, incidentScene } from '../testing/incident-scene.ts';
import type { Scene } from '../testing/incident-scene.ts';
import { escalate } from './escalate.ts';
import type { Escalating } from './escalate.ts';

const { signal } = new AbortController();
const policies = [
  EscalationPolicy.parse({
    name: 'usual',
    steps: [{ tell: [{ schedule: 'platform' }] }, { afterMinutes: 10, tell: [{ person: 'ben' }] }],
  }),
];
const someone = { account: 'slack:T1/U1', person: 'ann', name: 'Ann' };
const reached: Escalating = { policies, find: async () => ({ people: [someone], failures: [] }) };
const lost: Escalating = { policies, find: async () => ({ people: [], failures: ['platform does not answer.'] }) };

async function opened(): Promise<Scene & { readonly id: string }> {
  const scene = incidentScene();
  const id = await scene.tell({ ...group('g', [firingAlert('f')]), severity: 'sev1' });
  return { ...scene, id };
}

async function told({ store, id }: Scene & { readonly id: string }): Promise<readonly string[]> {
  return (await readIncident(store.incidents, id)).timeline
    .filter(({ type }) => type === 'escalated')
    .map(({ says }) => says);
}

describe('an escalation', () => {
  it('is in the timeline, in the audit log and for those who follow, with whom to tell', async () => {
    const scene = await opened();
    await escalate(scene.id, reached, signal, scene.desk);
    expect(await told(scene)).toEqual(['Told Ann (step 1).']);
    expect((await scene.store.outbox.after(0, 10)).at(-1)).toMatchObject({
      topic: 'incident.escalated',
      subject: scene.id,
      data: { number: 2, to: [someone], says: 'Told Ann (step 1).' },
    });
    expect((await scene.store.audit.rows({ from: 1, limit: 10 })).at(-1)?.entry).toMatchObject({
      code: 'INC010',
      subject: scene.id,
    });
  });

  it('does each step once, however many processes look, and after a restart', async () => {
    const scene = await opened();
    await Promise.all([
      escalate(scene.id, reached, signal, scene.desk),
      escalate(scene.id, reached, signal, scene.other),
      escalate(scene.id, reached, signal, scene.desk),
    ]);
    scene.pass(10);
    await Promise.all([
      escalate(scene.id, reached, signal, scene.other),
      escalate(scene.id, reached, signal, scene.desk),
    ]);
    expect(await told(scene)).toEqual(['Told Ann (step 1).', 'Told Ann (step 2).']);
  });

  it('says when to look again', async () => {
    const scene = await opened();
    const now = scene.desk.clock.now();
    expect(await escalate(scene.id, reached, signal, scene.desk)).toBe(now + 600_000);
    scene.pass(10);
    expect(await escalate(scene.id, reached, signal, scene.desk)).toBeUndefined();
  });

  it('tells nobody when somebody took it up while the schedule was asked', async () => {
    const scene = await opened();
    const slow: Escalating = {
      policies,
      find: async () => {
        await changeIncident(scene.store.incidents, scene.id, () => [
          { type: 'acknowledged', time: '2026-01-01T00:00:01.000Z', actor: ann },
        ]);
        return { people: [someone], failures: [] };
      },
    };
    await escalate(scene.id, slow, signal, scene.desk);
    expect(await told(scene)).toEqual([]);
  });

  it('asks a schedule that does not answer for two minutes, then goes on to the next step with the reason written down', async () => {
    const scene = await opened();
    expect(await escalate(scene.id, lost, signal, scene.desk)).toBe(scene.desk.clock.now() + 10_000);
    expect(await told(scene)).toEqual([]);
    scene.pass(2);
    const second: Escalating = {
      policies,
      find: async ([target]) =>
        target !== undefined && 'schedule' in target ? await lost.find([], signal) : await reached.find([], signal),
    };
    await escalate(scene.id, second, signal, scene.desk);
    expect(await told(scene)).toEqual([
      'Nobody was there to be told (step 1): platform does not answer.',
      'Told Ann (step 2).',
    ]);
  });
});
