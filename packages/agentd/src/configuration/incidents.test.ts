import { describe, expect, it } from 'vitest';
import { Incidents } from './incidents.ts';

function faults(given: unknown): readonly string[] {
  const read = Incidents.safeParse(given);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const schedules = [{ kind: 'rotations', name: 'platform', file: 'on-call.yaml' }];

describe('what becomes an incident', () => {
  it('is as usual where nothing is said', () => {
    expect(Incidents.parse({})).toMatchObject({
      alertmanager: {},
      sources: [],
      escalation: [],
      updates: {},
      heartbeat: { alert: 'Watchdog' },
    });
  });

  it('has every source, schedule and policy under its own name', () => {
    const source = { name: 'checks', mapping: { name: '/n' } };
    expect(faults({ sources: [source, source] })).toEqual(['sources: has a name twice']);
    expect(faults({ sources: [{ ...source, name: 'grafana' }] })).toEqual([
      'sources.0.name: has an endpoint of its own',
    ]);
    expect(faults({ onCall: { schedules: [...schedules, ...schedules] } })).toEqual([
      'onCall.schedules: has a name twice',
    ]);
    const policy = { name: 'usual', steps: [{ tell: [{ person: 'ann' }] }] };
    expect(faults({ escalation: [policy, policy] })).toEqual(['escalation: has a name twice']);
  });

  it('has what helps proposed, and tells PagerDuty in the name of one of its users, at its own addresses alone', () => {
    expect(Incidents.parse({}).fixes).toEqual({ on: true, from: 'medium' });
    const answers = { tokenFile: 'token', from: 'bot@example.com' };
    expect(Incidents.parse({ pagerduty: { answers } }).pagerduty.answers).toEqual({
      ...answers,
      api: 'https://api.pagerduty.com',
    });
    for (const wrong of [
      { ...answers, api: 'https://evil.example' },
      { ...answers, from: 'nobody' },
      { from: 'bot@example.com' },
    ]) {
      expect(faults({ pagerduty: { answers: wrong } })).not.toEqual([]);
    }
  });

  it('tells only by schedules that there are', () => {
    const escalation = [{ name: 'usual', steps: [{ tell: [{ schedule: 'platform' }, { account: 'slack:T1/U1' }] }] }];
    expect(faults({ onCall: { schedules }, escalation })).toEqual([]);
    expect(faults({ escalation })).toEqual(['escalation.0: names no schedule of onCall: platform']);
  });

  it.each([
    [{ kind: 'ical', name: 'a' }],
    [{ kind: 'ical', name: 'a', file: 'a.ics', address: 'https://example.com/a.ics' }],
    [{ kind: 'ical', name: 'a', address: 'http://example.com/a.ics' }],
    [{ kind: 'ical', name: 'a', file: 'a', timeZone: 'Mars/Olympus' }],
    [{ kind: 'pagerduty', name: 'a', schedule: '../x', tokenFile: 't' }],
    [{ kind: 'pagerduty', name: 'a', schedule: 'P1', tokenFile: 't', api: 'https://evil.example' }],
    [{ kind: 'shell', name: 'a' }],
  ])('refuses %j for a schedule', (schedule) => {
    expect(faults({ onCall: { schedules: [schedule] } })).not.toEqual([]);
  });
});
