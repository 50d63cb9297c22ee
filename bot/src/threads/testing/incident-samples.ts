import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentCause } from '@autodevops/domain/incident/incident-event';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Change } from '@autodevops/domain/change/change';

export const openedAt = '2027-01-15T08:00:00.000Z';

export function after(minutes: number): string {
  return new Date(Date.parse(openedAt) + minutes * 60_000).toISOString();
}

export const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: '' };

export const imageNotFound: IncidentCause = {
  key: 'pod.image.not-found Deployment/shop/web',
  code: 'pod.image.not-found',
  title: 'Image not found',
  object: web,
  confidence: 'high',
  cause: 'The tag 1.5 is not there.',
  impact: 'Who buys',
  began: '',
  since: openedAt,
  nextSteps: ['Correct the tag.'],
};

/** An incident as the agent tells it just after Alertmanager's notice. */
export function incidentSample(given: Partial<Incident> = {}): Incident {
  return {
    id: 'inc-aaaaaaaaaaaa',
    state: 'open',
    title: 'ShopDown',
    severity: 'sev2',
    origin: 'alert',
    openedAt,
    updatedAt: openedAt,
    resolvedAt: '',
    groupKeys: ['g'],
    alerts: [
      {
        fingerprint: 'f1',
        name: 'ShopDown',
        state: 'firing',
        severity: 'sev2',
        startsAt: openedAt,
        endsAt: '',
        summary: 'The shop is down',
        labels: { namespace: 'shop' },
      },
    ],
    alertsLeft: 0,
    causes: [],
    causesSeen: [],
    goneCauses: [],
    summary: '',
    responders: [],
    tasks: [],
    links: [],
    mergedInto: '',
    returns: 0,
    metrics: {},
    timeline: [
      {
        number: 1,
        type: 'opened',
        time: openedAt,
        source: 'Alertmanager',
        says: 'Opened by 1 alert firing: ShopDown.',
      },
    ],
    sequence: 1,
    ...given,
  };
}

export const diagnosed: Partial<Incident> = {
  summary: 'Deployment shop/web: The tag 1.5 is not there.',
  causes: [imageNotFound],
  causesSeen: [imageNotFound.key],
};

export function personSample(name: string, user = 'U1'): NonNullable<Incident['commander']> {
  return { account: `slack:T1/${user}`, person: name.toLowerCase(), name };
}

export function escalationSample(
  given: Partial<NonNullable<Incident['escalation']>> = {},
): NonNullable<Incident['escalation']> {
  return {
    policy: 'usual',
    step: 1,
    round: 0,
    at: after(5),
    reached: true,
    told: [{ to: personSample('Bob', 'U7'), at: after(5), answeredAt: '' }],
    ...given,
  };
}

export const scarlet: Actor = {
  kind: 'person',
  account: 'slack:T1/U1',
  person: 'ann',
  name: 'Ann',
  roles: ['operator'],
  surface: 'slack',
};

/** A change that waits for two yeses. */
export function changeSample(given: Partial<Change> = {}): Change {
  return {
    id: 'chg-bbbbbbbbbbbb',
    state: 'waiting',
    says: 'It waits for two yeses.',
    requester: scarlet,
    reason: {
      text: 'The tag is not there.',
      finding: { code: imageNotFound.code, object: { ...web, uid: 'u-1' }, confidence: 'high', evidence: [] },
    },
    plan: {
      actions: [
        {
          request: { action: 'rollout-undo', target: web, params: {} },
          risk: 'low',
          sentences: {
            will: 'Deployment shop/web goes back to revision 6.',
            doing: 'Going back.',
            done: 'It went back.',
          },
          operations: [
            { type: 'patch', target: { ref: web, uid: 'u-1', resourceVersion: '1' }, patch: [] },
          ] as unknown as Change['plan']['actions'][number]['operations'],
          undo: { operations: [], why: '' },
          patience: 60,
        },
      ],
      diff: [
        { object: web, path: 'spec.template.spec.containers[0].image', before: 'shop/web:1.5', after: 'shop/web:1.4' },
      ],
      facts: { capturedAt: openedAt, reversible: true, notes: [] },
    },
    decision: {
      tier: 'two',
      voices: [{ rule: 'level.production', tier: 'two', why: 'Production takes two.' }],
      roles: ['approver'],
      policyVersion: 'p-1',
    },
    digest: 'd'.repeat(64),
    approvals: [],
    steps: [],
    createdAt: after(1),
    expiresAt: after(31),
    updatedAt: after(1),
    sequence: 2,
    ...given,
  };
}
