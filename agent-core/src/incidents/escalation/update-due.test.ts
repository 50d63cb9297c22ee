import { describe, expect, it } from 'vitest';
import { changeIncident, readIncident } from '../incident-journal.ts';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { timeOf } from '../../changes/surroundings.ts';
import { ann, firingAlert } from '../testing/incident-events.ts';
import { group, incidentScene } from '../testing/incident-scene.ts';
import { askForUpdate } from './update-due.ts';

const rhythm = { sev1: 30, sev2: 60 };

interface Asking {
  readonly look: () => Promise<string | undefined>;
  readonly pass: (minutes: number) => void;
  readonly happens: (
    event: (at: { readonly time: string; readonly actor: typeof ann }) => IncidentEvent,
  ) => Promise<unknown>;
  readonly asked: () => Promise<number>;
}

async function asking(): Promise<Asking> {
  const { desk, other, tell, pass, store } = incidentScene();
  const id = await tell({ ...group('g', [firingAlert('f')]), severity: 'sev1' });
  return {
    pass,
    look: async () => {
      const incident = await readIncident(store.incidents, id);
      await Promise.all([askForUpdate(incident, rhythm, desk), askForUpdate(incident, rhythm, other)]);
      return (await readIncident(store.incidents, id)).updateDueSince;
    },
    happens: async (event) =>
      await changeIncident(store.incidents, id, () => [event({ time: timeOf(desk.clock), actor: ann })]),
    asked: async () => (await store.outbox.after(0, 100)).filter(({ topic }) => topic === 'incident.update-due').length,
  };
}

describe('a status update', () => {
  it('is due when nobody has said anything for as long as the severity allows, and is asked for once', async () => {
    const { look, pass, asked } = await asking();
    pass(29);
    expect(await look()).toBeUndefined();
    pass(1);
    expect(await look()).toBe('2026-01-01T00:30:00.000Z');
    pass(300);
    await look();
    expect(await asked()).toBe(1);
  });

  it('is due no more when somebody says something, and again after that', async () => {
    const { look, pass, happens, asked } = await asking();
    pass(30);
    await look();
    await happens((at) => ({ type: 'said', ...at, text: 'We are at it.' }));
    expect(await look()).toBeUndefined();
    pass(30);
    expect(await look()).toBeDefined();
    expect(await asked()).toBe(2);
  });

  it('is not due while the incident is silent, of a severity without a rhythm, or once it is over', async () => {
    const silent = await asking();
    await silent.happens((at) => ({ type: 'silenced', ...at, until: '2026-01-01T02:00:00.000Z', why: '' }));
    silent.pass(119);
    expect(await silent.look()).toBeUndefined();
    silent.pass(1);
    expect(await silent.look()).toBeDefined();
    const over = await asking();
    await over.happens((at) => ({ type: 'resolved', ...at, why: '' }));
    over.pass(500);
    expect(await over.look()).toBeUndefined();
    const mild = await asking();
    await mild.happens((at) => ({ type: 'severity-set', ...at, severity: 'sev3', why: '' }));
    mild.pass(500);
    expect(await mild.look()).toBeUndefined();
  });
});
