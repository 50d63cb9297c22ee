import { expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { Agents } from '../agent-door/agents.ts';
import { main } from '../main.ts';
import { capturedAt, fakeSurroundings } from '../testing/fake-surroundings.ts';

const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api', uid: '' };
const incident: Incident = {
  id: 'inc-abcdef123456',
  state: 'open',
  title: 'Down \u001B[31m',
  severity: 'sev2',
  origin: 'alert',
  openedAt: '2026-01-01T11:00:00.000Z',
  updatedAt: '',
  resolvedAt: '',
  groupKeys: [],
  alertsLeft: 2,
  alerts: [
    {
      fingerprint: 'f',
      name: 'ShopDown',
      state: 'firing',
      severity: 'sev2',
      startsAt: '',
      endsAt: '',
      summary: '',
      labels: {},
    },
  ],
  causes: [
    {
      key: 'k',
      code: 'pod.image.not-found',
      title: '',
      object,
      confidence: 'high',
      cause: 'The tag is not there.',
      impact: '',
      began: 'Since revision 7: image 1.4 to 1.5.',
      beganAt: '2026-01-01T00:00:00.000Z',
      since: '',
      nextSteps: [],
    },
  ],
  causesSeen: ['k'],
  goneCauses: [],
  summary: 'Jamie says so.',
  responders: [],
  tasks: [{ number: 1, text: 'An alert', done: true }],
  links: [],
  mergedInto: '',
  returns: 0,
  metrics: {},
  timeline: [{ number: 1, type: 'opened', time: '2026-01-01T11:00:00.000Z', source: 'Alertmanager', says: 'Opened.' }],
  sequence: 1,
};

async function run(
  ...given: readonly (string | Partial<Incident>)[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string; readonly calls: readonly unknown[] }> {
  const calls: unknown[] = [];
  const line = given.filter((one) => typeof one === 'string');
  const shown = Object.assign({}, incident, ...given.filter((one) => typeof one !== 'string')) as Incident;
  const client = new Proxy(
    {},
    {
      get: (_target, name) => async (given: unknown) => {
        calls.push([String(name), given]);
        return name === 'incidents'
          ? { incidents: [{ ...incident, firing: 1 }] }
          : name === 'postMortem'
            ? { markdown: '# Down\n' }
            : name === 'customerSummary'
              ? { text: 'Since then.' }
              : name === 'onCall'
                ? {
                    schedules: [
                      {
                        schedule: 'platform',
                        people: [{ account: 'slack:T1/U1', person: 'ann', name: 'Ann \u001B[31m' }],
                        says: '',
                      },
                      { schedule: 'lost', people: [], says: 'It does not answer.' },
                    ],
                  }
                : shown;
      },
    },
  ) as AgentClient;
  const agents = {
    open: async () => ({ client, where: 'running', close: async () => undefined }),
  } as unknown as Agents;
  const fake = fakeSurroundings({ agents: async () => agents, now: () => Date.parse(capturedAt) });
  return {
    code: await main(['incident', ...line], fake.surroundings, new AbortController().signal),
    out: fake.out(),
    err: fake.err(),
    calls,
  };
}

const newest = ['incidents', { query: { limit: 1 } }];
const params = { id: incident.id };

it.each([
  [
    ['open', 'Nobody', 'can pay', '--severity', 'sev1'],
    [['openIncident', { body: { title: 'Nobody can pay', severity: 'sev1' } }]],
  ],
  [['list', '--ongoing'], [['incidents', { query: { ongoing: 'true', limit: 20 } }]]],
  [
    ['show', 'last'],
    [newest, ['incident', { params }]],
  ],
  [
    ['assign', incident.id, 'http:bob', '--role', 'communicator'],
    [['assignIncident', { params, body: { role: 'communicator', account: 'http:bob' } }]],
  ],
  [['severity', incident.id, 'sev4'], [['setIncidentSeverity', { params, body: { severity: 'sev4', why: '' } }]]],
  [
    ['update', 'last', 'Rolling back', '--state', 'mitigating', '--link', 'chg-abcdef123456', '--done', '1'],
    [
      newest,
      [
        'updateIncident',
        { params, body: { says: 'Rolling back', state: 'mitigating', link: { target: 'chg-abcdef123456' }, done: 1 } },
      ],
    ],
  ],
  [['resolve', incident.id, 'Rolled back'], [['resolveIncident', { params, body: { why: 'Rolled back' } }]]],
  [['postmortem', incident.id], [['postMortem', { params }]]],
  [
    ['acknowledge', 'last'],
    [newest, ['acknowledgeIncident', { params, body: {} }]],
  ],
  [
    ['silence', incident.id, '--for', '1h30m', '--why', 'Maintenance'],
    [['silenceIncident', { params, body: { minutes: 90, why: 'Maintenance' } }]],
  ],
  [['silence', incident.id, '--end'], [['unsilenceIncident', { params }]]],
  [['summary', incident.id], [['customerSummary', { params }]]],
  [['on-call'], [['onCall', {}]]],
  [
    ['update', incident.id, '--customers', 'Paying takes longer', '--service', 'Checkout', '--service', 'Refunds'],
    [['updateIncident', { params, body: { customers: 'Paying takes longer', services: ['Checkout', 'Refunds'] } }]],
  ],
])('incident %j asks the agent for that', async (line, calls) => {
  expect(await run(...line)).toMatchObject({ code: 0, calls });
});

it('who is on call is shown by schedule, and why it is not known', async () => {
  const { out } = await run('on-call');
  for (const part of ['platform', 'Ann \\x1b[31m', 'slack:T1/U1', 'not known: It does not answer.']) {
    expect(out).toContain(part);
  }
});

it('an incident shows who was told and has not answered, until when it is silent, that an update is due, and what customers hear', async () => {
  const ann = { account: 'slack:T1/U1', person: 'ann', name: 'Ann' };
  const at = '2026-01-01T11:30:00.000Z';
  const standing = {
    acknowledged: { by: ann, at },
    escalation: {
      policy: 'usual',
      step: 2,
      round: 1,
      at,
      reached: true,
      told: [
        { to: ann, at, answeredAt: at },
        { to: { ...ann, name: 'Ben \u001B[31m' }, at, answeredAt: '' },
      ],
    },
    silence: { until: '2999-01-01T00:00:00.000Z', by: ann, why: 'Maintenance' },
    updateDueSince: at,
    services: ['Checkout'],
    customers: { says: 'Paying takes longer', by: ann, at },
  };
  const { out } = await run('show', incident.id, standing);
  for (const part of [
    'Affected: Checkout',
    'Taken up by Ann',
    'Told by step 2 of usual, round 2: Ann, Ben \\x1b[31m (no answer)',
    'Silent until 2999-01-01T00:00:00.000Z, by Ann: Maintenance',
    'A status update is due',
    'For customers: Paying takes longer',
  ]) {
    expect(out.replaceAll(/\s+/g, ' ')).toContain(part);
  }
  expect(out).not.toContain('\u001B');
});

it('an incident is shown with its cause, its alerts, its tasks and its timeline, and no escape sequence', async () => {
  const { out } = await run('show', incident.id);
  for (const part of [
    'Down \\x1b[31m',
    'open, sev2',
    'Jamie says so.',
    'The tag is not there.',
    'Since revision 7: image 1.4 to 1.5. That was ',
    'ShopDown (firing)',
    'and 2 more',
    '1. An alert (done)',
    'Alertmanager: Opened.',
  ]) {
    expect(out).toContain(part);
  }
  expect(out).not.toContain('\u001B');
});

it.each([
  [['open']],
  [['show']],
  [['show', 'chg-abcdef123456']],
  [['severity', incident.id, 'sev9']],
  [['update', incident.id]],
  [['resolve', incident.id]],
])('incident %j says what is missing, and asks the agent nothing', async (line) => {
  const { code, calls, err } = await run(...line);
  expect([code, calls]).toEqual([64, []]);
  expect(err).not.toBe('');
});
