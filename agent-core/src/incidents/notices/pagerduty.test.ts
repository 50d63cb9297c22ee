import { createHash } from 'node:crypto';
import { PagerDutyPayload } from '@autodevops/domain/incident/pagerduty-payload';
import { describe, expect, it } from 'vitest';
import type { AlertGroup } from './alert-group.ts';
import { pagerDutyGroup } from './pagerduty.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As https://developer.pagerduty.com/docs/webhooks-overview shows it; shortened. */
const data = {
  id: 'PGR0VU2',
  type: 'incident',
  self: 'https://api.pagerduty.com/incidents/PGR0VU2',
  html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
  number: 2,
  status: 'triggered',
  incident_key: 'd3640fbd41094207a1c11e58e46b1662',
  created_at: '2026-01-01T15:16:10Z',
  title: 'A little bump in the road',
  service: {
    html_url: 'https://acme.pagerduty.com/services/PF9KMXH',
    id: 'PF9KMXH',
    self: '',
    summary: 'API Service',
    type: 'service_reference',
  },
  assignees: [],
  escalation_policy: {},
  teams: [],
  priority: { id: 'PSO75BM', summary: 'P1', type: 'priority_reference' },
  urgency: 'high',
  conference_bridge: null,
  resolve_reason: null,
};

function read(
  changes: Readonly<Record<string, unknown>> = {},
  event: Readonly<Record<string, unknown>> = {},
): AlertGroup {
  const posted = {
    event: {
      id: '5ac64822',
      event_type: 'incident.triggered',
      resource_type: 'incident',
      occurred_at: '2026-01-01T15:16:11Z',
      agent: { type: 'user_reference' },
      client: null,
      data: { ...data, ...changes },
      ...event,
    },
  };
  return pagerDutyGroup(PagerDutyPayload.parse(posted), digest);
}

describe('an event of PagerDuty', () => {
  it('is one alert: its incident, as bad as its priority says', () => {
    expect(read()).toEqual({
      groupKey: 'pagerduty PGR0VU2',
      title: 'A little bump in the road',
      severity: 'sev1',
      left: 0,
      heartbeat: undefined,
      alerts: [
        {
          fingerprint: 'pagerduty PGR0VU2',
          name: 'A little bump in the road',
          state: 'firing',
          severity: 'sev1',
          startsAt: '2026-01-01T15:16:10.000Z',
          endsAt: '',
          summary: '',
          labels: { pagerduty_service: 'API Service' },
        },
      ],
    });
  });

  it('without a priority is as bad as it is urgent', () => {
    expect(
      [
        read({ priority: null }),
        read({ priority: null, urgency: 'low' }),
        read({ priority: { summary: 'Whatever' } }),
      ].map(({ severity }) => severity),
    ).toEqual(['sev2', 'sev3', 'sev2']);
  });

  it('that it was taken up leaves it firing; that it is over ends it, at that time', () => {
    expect(read({ status: 'acknowledged' }, { event_type: 'incident.acknowledged' }).alerts).toMatchObject([
      { state: 'firing' },
    ]);
    expect(read({ status: 'resolved' }, { event_type: 'incident.resolved' }).alerts).toMatchObject([
      { state: 'resolved', endsAt: '2026-01-01T15:16:11.000Z' },
    ]);
  });

  it.each([
    [{ event_type: 'pagey.ping', resource_type: 'pagey', data: { message: 'Hello', type: 'ping' } }],
    [{ event_type: 'service.updated', data: { id: 'P', type: 'service' } }],
    [{ data: null }],
    [{ data: { type: 'incident' } }],
  ])('about anything else has no alerts: %j', (event) => {
    expect(read({}, event).alerts).toEqual([]);
  });

  it('is hostile text: neither markup nor secrets nor length get further', () => {
    const [alert] = read({ title: `password: hunter2hunter2 \u202e${'x'.repeat(30_000)}` }).alerts;
    expect(alert?.name).not.toMatch(/hunter2|\u202e/);
    expect(alert?.name.length).toBeLessThanOrEqual(200);
  });

  it('is refused where it is none', () => {
    for (const posted of [{}, { event: null }, { event: { event_type: 'x' } }, { messages: [] }]) {
      expect(PagerDutyPayload.safeParse(posted).success).toBe(false);
    }
  });
});
