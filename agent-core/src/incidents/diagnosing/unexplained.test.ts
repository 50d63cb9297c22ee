import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { begin, cause, firingAlert, jamie, openedByAlert } from '../testing/incident-events.ts';
import { incidentOf } from '../incident-state.ts';
import { mayLackFix, wantsAnotherLook } from './unexplained.ts';

const soon = Date.parse(begin) + 30_000;
const late = Date.parse(begin) + 20 * 60_000;
const looks = (events: readonly IncidentEvent[], now: number): boolean => {
  const incident = incidentOf('inc-1', events);
  if (incident === undefined) throw new Error('these events make no incident');
  return wantsAnotherLook(incident, now);
};
const diagnosed = (causes: Extract<IncidentEvent, { type: 'diagnosed' }>['causes']): IncidentEvent => ({
  type: 'diagnosed',
  time: begin,
  actor: jamie,
  summary: 'Jamie sees nothing that explains it.',
  causes,
});

describe('Jamie looks again', () => {
  it('at what she could not look at yet, however old', () => {
    expect(looks([openedByAlert()], late)).toBe(true);
  });

  it('for a quarter of an hour at alerts that fire and that nothing explained', () => {
    expect([soon, late].map((now) => looks([openedByAlert(), diagnosed([])], now))).toEqual([true, false]);
  });

  it('not at what has a cause, is over, or is no alert', () => {
    const over = openedByAlert({ alerts: [firingAlert('f-1', { state: 'resolved', endsAt: begin })] });
    for (const events of [
      [openedByAlert(), diagnosed([cause()])],
      [over, diagnosed([])],
      [openedByAlert({ origin: 'person', alerts: [] }), diagnosed([])],
      [openedByAlert({ origin: 'watch' })],
    ]) {
      expect(looks(events, soon)).toBe(false);
    }
  });
});

it('after a start it is asked once more what would help a young incident whose cause has no proposal yet', () => {
  const lacks = (events: readonly IncidentEvent[], now = soon): boolean => {
    const incident = incidentOf('inc-1', events);
    if (incident === undefined) throw new Error('these events make no incident');
    return mayLackFix(incident, now);
  };
  const sought: IncidentEvent = {
    type: 'fix-sought',
    time: begin,
    actor: jamie,
    cause: cause().key,
    change: '',
    says: 'Nothing helps.',
  };
  expect(lacks([openedByAlert(), diagnosed([cause()])])).toBe(true);
  for (const [events, now] of [
    [[openedByAlert(), diagnosed([cause()]), sought], soon],
    [[openedByAlert(), diagnosed([])], soon],
    [[openedByAlert(), diagnosed([cause()])], late],
    [[openedByAlert({ origin: 'person', alerts: [] }), diagnosed([cause()])], soon],
  ] as const) {
    expect(lacks(events, now)).toBe(false);
  }
});
