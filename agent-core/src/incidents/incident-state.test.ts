import { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { describe, expect, it } from 'vitest';
import { applyIncidentEvent, incidentOf } from './incident-state.ts';
import { alertmanager, ann, cause, firingAlert, openedByAlert } from './testing/incident-events.ts';

const at = (minute: number): { time: string; actor: typeof ann } => ({
  time: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  actor: ann,
});

function told(...events: readonly IncidentEvent[]): Incident {
  const incident = incidentOf('inc-1', [openedByAlert(), ...events]);
  if (incident === undefined) throw new Error('There is none.');
  return Incident.parse(incident);
}

function refusal(events: readonly IncidentEvent[], event: IncidentEvent): string | undefined {
  const applied = applyIncidentEvent(told(...events), 'inc-1', event);
  return 'refused' in applied ? applied.refused : undefined;
}

const resolved: IncidentEvent = { type: 'resolved', ...at(30), why: 'Rolled back.' };

describe('an incident', () => {
  it('goes from open over its states to reviewed, with every fact and its source on the timeline', () => {
    const incident = told(
      { type: 'assigned', ...at(2), role: 'commander', to: { account: 'local:ann', person: '', name: 'Ann' } },
      { type: 'state-set', ...at(10), state: 'mitigating', why: 'Rolling back' },
      { type: 'state-set', ...at(20), state: 'monitoring', why: '' },
      resolved,
      { type: 'reviewed', ...at(40), why: '' },
    );
    expect(incident).toMatchObject({
      state: 'reviewed',
      commander: { name: 'Ann' },
      resolvedAt: resolved.time,
      sequence: 6,
    });
    expect(incident.timeline.map(({ source, says }) => `${source}: ${says}`)).toEqual([
      'Alertmanager: Opened by 1 alert firing: ShopDown.',
      'Ann: Ann is commander.',
      'Ann: Mitigating: Rolling back',
      'Ann: Monitoring.',
      'Ann: Resolved: Rolled back.',
      'Ann: Reviewed.',
    ]);
  });

  it('measures the times to acknowledge, to cause, to mitigate and to resolve', () => {
    const { metrics } = told(
      { type: 'diagnosed', ...at(1), summary: 'x', causes: [cause()] },
      { type: 'state-set', ...at(3), state: 'investigating', why: '' },
      { type: 'state-set', ...at(20), state: 'monitoring', why: '' },
      resolved,
    );
    expect(metrics).toEqual({ toCause: 60, toAcknowledge: 180, toMitigate: 1200, toResolve: 1800 });
  });

  it('is not acknowledged by a machine, and has no time that it did not come to', () => {
    expect(told({ ...resolved, actor: alertmanager }).metrics).toEqual({ toMitigate: 1800, toResolve: 1800 });
  });

  it('is open again when it returns, and is resolved when it was the last time', () => {
    const back = told(resolved, { type: 'reopened', ...at(35), why: 'It fires again.' });
    expect([back.state, back.resolvedAt, back.returns, back.metrics.toResolve]).toEqual(['open', '', 1, undefined]);
    expect(told(resolved, { type: 'reopened', ...at(35), why: '' }, { ...resolved, ...at(50) }).metrics.toResolve).toBe(
      3000,
    );
  });

  it('has of each alert what was said of it last', () => {
    const { alerts } = told({
      type: 'alerts-told',
      ...at(5),
      groupKey: 'g',
      left: 0,
      alerts: [firingAlert('f-1', { state: 'resolved' }), firingAlert('f-2')],
    });
    expect(alerts.map(({ fingerprint, state }) => [fingerprint, state])).toEqual([
      ['f-2', 'firing'],
      ['f-1', 'resolved'],
    ]);
  });

  it('is called after all of its alerts once other groups have joined it, and a storm by how many they are', () => {
    const more = (count: number): IncidentEvent => ({
      type: 'alerts-told',
      ...at(5),
      groupKey: 'other',
      left: 0,
      alerts: Array.from({ length: count }, (_, number) =>
        firingAlert(`o-${number}`, { name: number % 4 === 0 ? 'NodeDown' : 'DbDown', labels: {} }),
      ),
    });
    expect([told().title, told(more(1)).title, told(more(40)).title]).toEqual([
      'ShopDown',
      'ShopDown and 1 more alert',
      'Storm of 41 alerts: DbDown (30), NodeDown (10) and 1 more kind',
    ]);
    expect(
      told({ type: 'alerts-told', ...at(5), groupKey: 'g', left: 0, alerts: [firingAlert('f-2', { name: 'DbDown' })] })
        .title,
    ).toBe('ShopDown');
    const opened = incidentOf('inc-2', [openedByAlert({ origin: 'watch', title: 'No space left' }), more(40)]);
    expect(opened?.title).toBe('No space left');
  });

  it('has of each cause what Scarlet proposed for it, and nothing of it once it has returned', () => {
    const sought: IncidentEvent = { type: 'fix-sought', ...at(3), cause: 'k', change: 'chg-1', says: 'Restart web.' };
    expect(told(sought)).toMatchObject({
      fixes: [{ cause: 'k', change: 'chg-1', says: 'Restart web.' }],
      links: [{ title: 'Restart web.', target: 'chg-1' }],
    });
    expect(told({ ...sought, change: '', says: 'It is kept by Helm.' })).toMatchObject({
      fixes: [{ change: '' }],
      links: [],
    });
    expect(told(sought, resolved, { type: 'reopened', ...at(35), why: '' }).fixes).toBeUndefined();
  });

  it('takes no more alerts than it can hold, and says how many it has not', () => {
    const many = Array.from({ length: 1000 }, (_, number) => firingAlert(`more-${number}`));
    const incident = told({ type: 'alerts-told', ...at(5), groupKey: 'g', left: 3, alerts: many });
    expect([incident.alerts.length, incident.alertsLeft]).toEqual([1000, 4]);
  });

  it('refuses what cannot be: a second opening, a review before its end, a state after it, an unknown task', () => {
    expect(refusal([], openedByAlert())).toContain('opened already');
    expect(refusal([], { type: 'reviewed', ...at(1), why: '' })).toContain('is open');
    expect(refusal([resolved], { type: 'state-set', ...at(31), state: 'mitigating', why: '' })).toContain(
      'is resolved',
    );
    expect(refusal([], { type: 'task-done', ...at(1), task: 1 })).toContain('no task 1');
    expect(
      refusal([{ type: 'merged', ...at(1), into: 'inc-2', why: '' }], { type: 'said', ...at(2), text: 'Hello' }),
    ).toContain('is merged');
  });

  it('is taken up by whoever has seen it, without a role, and by nobody a second time', () => {
    const seen = told(
      { type: 'acknowledged', ...at(4) },
      { type: 'acknowledged', ...at(6), actor: { ...ann, account: 'local:ben', person: 'ben', name: 'Ben' } },
    );
    expect(seen).toMatchObject({
      state: 'investigating',
      acknowledged: { by: { name: 'Ann' }, at: at(4).time },
      metrics: { toAcknowledge: 240 },
    });
    expect(seen.commander).toBeUndefined();
    expect(
      told({ type: 'state-set', ...at(1), state: 'monitoring', why: '' }, { type: 'acknowledged', ...at(2) }).state,
    ).toBe('monitoring');
  });

  it('numbers the rows of its timeline for ever, each with the type of its event', () => {
    const { timeline } = told(
      { type: 'said', ...at(1), text: 'Hello' },
      { type: 'services-set', ...at(2), services: ['Checkout'] },
      { type: 'customers-told', ...at(3), text: 'It is slow.' },
    );
    expect(timeline.map(({ number, type, says }) => `${number} ${type}: ${says}`)).toEqual([
      '1 opened: Opened by 1 alert firing: ShopDown.',
      '2 said: Hello',
      '3 services-set: Affected: Checkout.',
      '4 customers-told: For customers: It is slow.',
    ]);
    const long = told(...Array.from({ length: 2100 }, (): IncidentEvent => ({ type: 'said', ...at(1), text: 'x' })));
    expect([long.timeline.length, long.timeline[0]?.number, long.timeline.at(-1)?.number]).toEqual([2000, 102, 2101]);
  });

  it('is silent until somebody ends it, and not once it is over', () => {
    const silenced: IncidentEvent = { type: 'silenced', ...at(1), until: at(50).time, why: 'Maintenance' };
    expect(told(silenced).silence).toEqual({
      until: at(50).time,
      by: { account: 'local:ann', person: 'ann', name: 'Ann' },
      why: 'Maintenance',
    });
    expect([
      told(silenced, { type: 'unsilenced', ...at(2), why: '' }).silence,
      told(silenced, resolved).silence,
    ]).toEqual([undefined, undefined]);
    expect(refusal([resolved], silenced)).toContain('is resolved');
  });

  it("knows when a person said last how it stands: a machine's words are none", () => {
    expect(
      told(
        { type: 'said', ...at(5), text: 'We look.' },
        { type: 'diagnosed', ...at(9), actor: alertmanager, summary: 'x', causes: [] },
      ).lastWordAt,
    ).toBe(at(5).time);
    const due: IncidentEvent = { type: 'update-due', ...at(40), actor: alertmanager, since: at(5).time };
    expect([
      told(due).updateDueSince,
      told(due, { type: 'severity-set', ...at(41), severity: 'sev1', why: '' }).updateDueSince,
    ]).toEqual([at(40).time, undefined]);
  });

  it('takes the severity of the worst that it takes in', () => {
    expect(
      told({
        type: 'absorbed',
        ...at(1),
        id: 'inc-2',
        groupKeys: ['g-2'],
        causes: [],
        alerts: [firingAlert('f-9', { severity: 'sev1' })],
      }),
    ).toMatchObject({ severity: 'sev1', groupKeys: ['g', 'g-2'] });
  });
});
