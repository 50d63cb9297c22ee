import { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { describe, expect, it } from 'vitest';
import { applyIncidentEvent, incidentOf } from './incident-state.ts';
import { alertmanager, ann, cause, firingAlert, openedByAlert } from './testing/incident-events.ts';

const at = (minute: number): { time: string; actor: typeof ann } => ({ time: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`, actor: ann });

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
    const incident = told({ type: 'assigned', ...at(2), role: 'commander', to: { account: 'local:ann', person: '', name: 'Ann' } }, { type: 'state-set', ...at(10), state: 'mitigating', why: 'Rolling back' }, { type: 'state-set', ...at(20), state: 'monitoring', why: '' }, resolved, { type: 'reviewed', ...at(40), why: '' });
    expect(incident).toMatchObject({ state: 'reviewed', commander: { name: 'Ann' }, resolvedAt: resolved.time, sequence: 6 });
    expect(incident.timeline.map(({ source, says }) => `${source}: ${says}`)).toEqual([
      'Alertmanager: Opened by 1 alert firing: ShopDown.', 'Ann: Ann is commander.', 'Ann: Mitigating: Rolling back', 'Ann: Monitoring.', 'Ann: Resolved: Rolled back.', 'Ann: Reviewed.',
    ]);
  });

  it('measures the times to acknowledge, to cause, to mitigate and to resolve', () => {
    const { metrics } = told({ type: 'diagnosed', ...at(1), summary: 'x', causes: [cause()] }, { type: 'state-set', ...at(3), state: 'investigating', why: '' }, { type: 'state-set', ...at(20), state: 'monitoring', why: '' }, resolved);
    expect(metrics).toEqual({ toCause: 60, toAcknowledge: 180, toMitigate: 1200, toResolve: 1800 });
  });

  it('is not acknowledged by a machine, and has no time that it did not come to', () => {
    expect(told({ ...resolved, actor: alertmanager }).metrics).toEqual({ toMitigate: 1800, toResolve: 1800 });
  });

  it('is open again when it returns, and is resolved when it was the last time', () => {
    const back = told(resolved, { type: 'reopened', ...at(35), why: 'It fires again.' });
    expect([back.state, back.resolvedAt, back.returns, back.metrics.toResolve]).toEqual(['open', '', 1, undefined]);
    expect(told(resolved, { type: 'reopened', ...at(35), why: '' }, { ...resolved, ...at(50) }).metrics.toResolve).toBe(3000);
  });

  it('has of each alert what was said of it last', () => {
    const { alerts } = told({ type: 'alerts-told', ...at(5), groupKey: 'g', left: 0, alerts: [firingAlert('f-1', { state: 'resolved' }), firingAlert('f-2')] });
    expect(alerts.map(({ fingerprint, state }) => [fingerprint, state])).toEqual([['f-2', 'firing'], ['f-1', 'resolved']]);
  });

  it('takes no more alerts than it can hold, and says how many it has not', () => {
    const many = Array.from({ length: 1000 }, (_, number) => firingAlert(`more-${number}`));
    const incident = told({ type: 'alerts-told', ...at(5), groupKey: 'g', left: 3, alerts: many });
    expect([incident.alerts.length, incident.alertsLeft]).toEqual([1000, 4]);
  });

  it('refuses what cannot be: a second opening, a review before its end, a state after it, an unknown task', () => {
    expect(refusal([], openedByAlert())).toContain('opened already');
    expect(refusal([], { type: 'reviewed', ...at(1), why: '' })).toContain('is open');
    expect(refusal([resolved], { type: 'state-set', ...at(31), state: 'mitigating', why: '' })).toContain('is resolved');
    expect(refusal([], { type: 'task-done', ...at(1), task: 1 })).toContain('no task 1');
    expect(refusal([{ type: 'merged', ...at(1), into: 'inc-2', why: '' }], { type: 'said', ...at(2), text: 'Hello' })).toContain('is merged');
  });

  it('takes the severity of the worst that it takes in', () => {
    expect(told({ type: 'absorbed', ...at(1), id: 'inc-2', groupKeys: ['g-2'], causes: [], alerts: [firingAlert('f-9', { severity: 'sev1' })] })).toMatchObject({ severity: 'sev1', groupKeys: ['g', 'g-2'] });
  });
});
