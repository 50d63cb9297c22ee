import type { Incident } from '@autodevops/domain/incident/incident';
import { EscalationPolicy } from '@autodevops/domain/incident/escalation-policy';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { describe, expect, it } from 'vitest';
import { incidentOf } from '../incident-state.ts';
import { ann, begin, jamie, openedByAlert } from '../testing/incident-events.ts';
import { escalationNow } from './escalation.ts';

const minute = 60_000;
const start = Date.parse(begin);
const time = (minutes: number): string => new Date(start + minutes * minute).toISOString();
const policies = [
  EscalationPolicy.parse({
    name: 'usual',
    steps: [
      { tell: [{ schedule: 'platform' }] },
      { afterMinutes: 10, tell: [{ person: 'ben' }] },
      { afterMinutes: 20, tell: [{ account: 'slack:T1/U3' }] },
    ],
    repeat: { times: 1, afterMinutes: 30 },
  }),
];
const people = {
  ann: { account: 'local:ann', person: 'ann', name: 'Ann' },
  ben: { account: 'slack:T1/U2', person: 'ben', name: 'Ben' },
};

function escalated(
  minutes: number,
  step: number,
  more: Partial<Extract<IncidentEvent, { type: 'escalated' }>> = {},
): IncidentEvent {
  return {
    type: 'escalated',
    time: time(minutes),
    actor: jamie,
    policy: 'usual',
    step,
    round: 0,
    to: [people.ann],
    why: '',
    ...more,
  };
}

function after(...events: readonly IncidentEvent[]): Incident {
  const incident = incidentOf('inc-1', [openedByAlert(), ...events]);
  if (incident === undefined) throw new Error('There is none.');
  return incident;
}

/** `round.step` that is due, or the minute to look again. */
function now(incident: Incident, minutes: number): string {
  const { due, again } = escalationNow(incident, policies, start + minutes * minute);
  if (due !== undefined) return `${due.round}.${due.step}`;
  return again === undefined ? 'never' : `at ${(again - start) / minute}`;
}

describe('an escalation', () => {
  it('goes from step to step while nobody takes the incident up, once round again, and then it ends', () => {
    expect([now(after(), 0), now(after(escalated(0, 1)), 9), now(after(escalated(0, 1)), 10)]).toEqual([
      '0.1',
      'at 10',
      '0.2',
    ]);
    expect([
      now(after(escalated(0, 1), escalated(10, 2)), 29),
      now(after(escalated(0, 1), escalated(10, 2)), 30),
    ]).toEqual(['at 30', '0.3']);
    const all = [escalated(0, 1), escalated(10, 2), escalated(30, 3)];
    expect([now(after(...all), 59), now(after(...all), 60)]).toEqual(['at 60', '1.1']);
    const twice = [
      ...all,
      escalated(60, 1, { round: 1 }),
      escalated(70, 2, { round: 1 }),
      escalated(90, 3, { round: 1 }),
    ];
    expect(now(after(...twice), 10_000)).toBe('never');
  });

  it.each<[string, IncidentEvent]>([
    ['has seen it', { type: 'acknowledged', time: time(1), actor: ann }],
    ['takes a role', { type: 'assigned', time: time(1), actor: ann, role: 'commander', to: people.ann }],
    ['says how it stands', { type: 'state-set', time: time(1), actor: ann, state: 'mitigating', why: '' }],
    ['ends it', { type: 'resolved', time: time(1), actor: ann, why: '' }],
  ])('is over when somebody %s', (_what, event) => {
    expect(now(after(escalated(0, 1), event), 500)).toBe('never');
  });

  it('begins anew when the incident returns', () => {
    const back = after(
      escalated(0, 1),
      { type: 'resolved', time: time(5), actor: ann, why: '' },
      { type: 'reopened', time: time(100), actor: jamie, why: '' },
    );
    expect([now(back, 100), back.escalation, back.acknowledged]).toEqual(['0.1', undefined, undefined]);
  });

  it('waits while the incident is silent, and goes on when that ends', () => {
    const silent = after(escalated(0, 1), {
      type: 'silenced',
      time: time(5),
      actor: ann,
      until: time(45),
      why: 'Maintenance',
    });
    expect([now(silent, 30), now(silent, 45)]).toEqual(['at 45', '0.2']);
    const spoken = after(
      escalated(0, 1),
      { type: 'silenced', time: time(5), actor: ann, until: time(45), why: '' },
      { type: 'unsilenced', time: time(6), actor: ann, why: '' },
    );
    expect(now(spoken, 12)).toBe('0.2');
  });

  it('does not wait for nobody', () => {
    expect(now(after(escalated(0, 1, { to: [], why: 'The schedule does not answer.' })), 0)).toBe('0.2');
  });

  it('is for the severities of its policy, also when one is set later', () => {
    const mild = after({ type: 'severity-set', time: time(1), actor: jamie, severity: 'sev4', why: '' });
    expect(now(mild, 500)).toBe('never');
    expect(
      now(
        after(
          { type: 'severity-set', time: time(1), actor: jamie, severity: 'sev4', why: '' },
          { type: 'severity-set', time: time(60), actor: jamie, severity: 'sev1', why: '' },
        ),
        60,
      ),
    ).toBe('0.1');
  });
});

describe('whoever was told', () => {
  it('has answered by doing something, from whichever account, and not by what others do', () => {
    const told = after(escalated(0, 1, { to: [people.ann, people.ben] }), {
      type: 'said',
      time: time(3),
      actor: { ...ann, account: 'slack:T1/U2', person: 'ben' },
      text: 'Looking.',
    });
    const { unanswered } = escalationNow(told, policies, start);
    expect(unanswered).toEqual([people.ann]);
    expect(told.escalation?.told.map(({ to, answeredAt }) => [to.name, answeredAt])).toEqual([
      ['Ann', ''],
      ['Ben', time(3)],
    ]);
  });

  it('is listed once however often he is told', () => {
    const told = after(
      escalated(0, 1),
      escalated(10, 2, { to: [people.ann, people.ben] }),
      escalated(30, 3, { to: [{ account: '', person: '', name: 'Zoe' }] }),
      escalated(60, 1, { round: 1, to: [{ account: '', person: '', name: 'Zoe' }] }),
    );
    expect(told.escalation?.told.map(({ to }) => to.name)).toEqual(['Ann', 'Ben', 'Zoe']);
  });
});
