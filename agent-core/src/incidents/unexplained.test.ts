import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { begin, cause, firingAlert, jamie, openedByAlert } from './testing/incident-events.ts';
import { incidentOf } from './incident-state.ts';
import { wantsAnotherLook } from './unexplained.ts';

const soon = Date.parse(begin) + 30_000;
const late = Date.parse(begin) + 20 * 60_000;
const looks = (events: readonly IncidentEvent[], now: number): boolean => {
  const incident = incidentOf('inc-1', events);
  if (incident === undefined) throw new Error('these events make no incident');
  return wantsAnotherLook(incident, now);
};
const diagnosed = (causes: Extract<IncidentEvent, { type: 'diagnosed' }>['causes']): IncidentEvent => ({ type: 'diagnosed', time: begin, actor: jamie, summary: 'Jamie sees nothing that explains it.', causes });

describe('Jamie looks again', () => {
  it('at what she could not look at yet, however old', () => {
    expect(looks([openedByAlert()], late)).toBe(true);
  });

  it('for a quarter of an hour at alerts that fire and that nothing explained', () => {
    expect([soon, late].map((now) => looks([openedByAlert(), diagnosed([])], now))).toEqual([true, false]);
  });

  it('not at what has a cause, is over, or is no alert', () => {
    const over = openedByAlert({ alerts: [firingAlert('f-1', { state: 'resolved', endsAt: begin })] });
    for (const events of [[openedByAlert(), diagnosed([cause()])], [over, diagnosed([])], [openedByAlert({ origin: 'person', alerts: [] }), diagnosed([])], [openedByAlert({ origin: 'watch' })]]) {
      expect(looks(events, soon)).toBe(false);
    }
  });
});
