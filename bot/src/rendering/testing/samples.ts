import type { Change } from '@autodevops/domain/change/change';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { ObjectRef } from '@autodevops/domain/object-ref';

const at = '2026-11-30T08:05:00.000Z';

export function person(name: string, account: string): Actor {
  return { kind: 'person', account, person: name.toLowerCase(), name, roles: ['approver'], surface: 'slack' };
}

export const ann = person('Ann', 'slack:T1/U1');
const web: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u-1' };
const pod: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-7c9f-x2x', uid: 'u-2' };

export const cause: Cause = {
  rank: 1,
  code: 'pod.image.not-found',
  title: 'Image not found',
  severity: 'critical',
  confidence: 'high',
  object: web,
  cause: 'The registry has no image shop/web:1.5, so 3 pods of Deployment shop/web cannot start.',
  since: at,
  began: 'Since revision 7: image 1.4 → 1.5.',
  beganAt: at,
  impact: 'Service shop/web has 1 of 4 endpoints.',
  evidence: [
    { source: 'event', object: pod, quote: 'Failed to pull image "shop/web:1.5": not found', time: at },
    { source: 'log', object: pod, quote: 'line one\n<!channel> line two', time: '', path: 'container web' },
  ],
  symptoms: [
    { code: 'workload.unavailable', object: web },
    { code: 'pod.pending', object: pod },
  ],
  nextSteps: ['Push shop/web:1.5, or go back to revision 6.'],
  avoid: ['Do not delete the pods: the new ones need the same image.'],
  changes: [{ action: 'rollout-undo', target: web, params: {}, risk: 'low' }],
};

export const diagnosis: Diagnosis = {
  schemaVersion: 1,
  verdict: 'problem',
  summary: 'Deployment shop/web cannot start its pods: its image does not exist.',
  observed: {
    cluster: 'prod-eu',
    capturedAt: at,
    source: 'prod-eu',
    serverVersion: 'v1.34.0',
    namespaces: ['shop'],
    objects: { Pod: 12, Deployment: 3 },
    logs: 4,
    milliseconds: 1230,
  },
  blindSpots: [{ what: 'Secrets of shop', why: 'the agent may not list them', remedy: 'Grant list on secrets.' }],
  causes: [
    cause,
    {
      ...cause,
      rank: 2,
      code: 'pod.memory.exceeded',
      title: 'Out of memory',
      severity: 'warning',
      confidence: 'medium',
      cause: 'The container api was killed because it used more than 256Mi.',
      evidence: [],
      symptoms: [],
      avoid: [],
      began: '',
      impact: '',
    },
  ],
  information: [{ ...cause, rank: 1, severity: 'info' }],
  suppressed: [],
};

export const incident: Incident = {
  id: 'inc-0123456789ab',
  state: 'open',
  title: 'shop/web is down',
  severity: 'sev2',
  origin: 'alert',
  openedAt: at,
  updatedAt: at,
  resolvedAt: '',
  groupKeys: ['{}:{alertname="KubePodNotReady"}'],
  alerts: ['web-1', 'web-2'].map((name) => ({
    fingerprint: name,
    name: 'KubePodNotReady',
    state: 'firing',
    severity: 'sev2',
    startsAt: at,
    endsAt: '',
    summary: `Pod shop/${name} is not ready.`,
    labels: {},
  })),
  alertsLeft: 0,
  causes: [
    {
      key: 'pod.image.not-found Deployment/shop/web',
      code: 'pod.image.not-found',
      title: 'Image not found',
      object: web,
      confidence: 'high',
      cause: 'The registry has no image shop/web:1.5.',
      impact: 'Service shop/web has 1 of 4 endpoints.',
      began: 'Since revision 7: image 1.4 → 1.5.',
      beganAt: at,
      since: at,
      nextSteps: ['Push shop/web:1.5, or go back to revision 6.'],
    },
  ],
  causesSeen: ['pod.image.not-found Deployment/shop/web'],
  goneCauses: [],
  summary: 'Deployment shop/web cannot start its pods: its image does not exist.',
  responders: [],
  tasks: [],
  links: [],
  mergedInto: '',
  returns: 0,
  metrics: { toCause: 2 },
  timeline: [
    { number: 1, type: 'opened', time: at, source: 'Alertmanager', says: '2 alerts fire: KubePodNotReady.' },
    { number: 2, type: 'diagnosed', time: at, source: 'Jamie', says: 'Image not found (Deployment shop/web).' },
  ],
  sequence: 3,
};

export const change: Change = {
  id: 'chg-0123456789ab',
  state: 'waiting',
  says: 'Two people must agree.',
  requester: ann,
  reason: {
    text: 'The image of revision 7 does not exist.',
    finding: { code: 'pod.image.not-found', object: web, confidence: 'high', evidence: [] },
  },
  plan: {
    actions: [
      {
        request: { action: 'rollout-undo', target: web, params: {} },
        risk: 'medium',
        patience: 300,
        sentences: {
          will: 'Takes Deployment shop/web back to revision 6 (image shop/web:1.4).',
          doing: 'Taking Deployment shop/web back to revision 6.',
          done: 'Took Deployment shop/web back to revision 6.',
        },
        operations: [
          {
            verb: 'patch',
            target: { ...web, resourceVersion: '7' },
            subresource: '',
            steps: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'shop/web:1.4' }],
          },
        ],
        undo: {
          operations: [
            {
              verb: 'patch',
              target: { ...web, resourceVersion: '8' },
              subresource: '',
              steps: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'shop/web:1.5' }],
            },
          ],
          why: '',
        },
      },
    ],
    diff: [
      { object: web, path: 'spec.template.spec.containers[0].image', before: 'shop/web:1.5', after: 'shop/web:1.4' },
    ],
    facts: {
      capturedAt: at,
      reversible: true,
      notes: ['The rollout replaces one pod at a time.'],
      managedBy: [],
      blastRadius: {
        objects: 1,
        services: ['shop/web'],
        namespaces: ['shop'],
        shareOfReadyEndpoints: 0.25,
        readyEndpoints: 4,
      },
    },
  },
  decision: {
    tier: 'two',
    roles: ['approver'],
    policyVersion: 'p1',
    voices: [
      { rule: 'production-needs-two', tier: 'two', why: 'Production is changed by two people.' },
      { rule: 'level.assist', tier: 'one', why: 'At this level one person agrees.' },
    ],
  },
  digest: 'd'.repeat(64),
  approvals: [],
  steps: [],
  createdAt: at,
  expiresAt: '2026-11-30T08:20:00.000Z',
  updatedAt: at,
  sequence: 2,
};
