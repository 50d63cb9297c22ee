import { Change } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Plan } from '@autodevops/domain/change/plan';

const ann = {
  kind: 'person' as const,
  account: 'local:ann',
  person: '',
  name: 'Ann',
  roles: ['approver'],
  surface: 'cli' as const,
};
const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u1' };
const operation = {
  verb: 'patch' as const,
  target: { ...web, resourceVersion: '7' },
  subresource: '' as const,
  steps: [{ op: 'replace' as const, path: '/spec/replicas', value: 3 }],
};

/** Texts from the cluster are hostile here: none may reach a terminal as it is. */
export const examplePlan: Plan = {
  actions: [
    {
      request: { action: 'rollout-undo', target: web, params: { toRevision: 6 } },
      risk: 'medium',
      sentences: { will: 'Return Deployment shop/web to revision 6.', doing: 'Returning it.', done: 'Returned it.' },
      operations: [operation],
      undo: { operations: [operation], why: '' },
      patience: 600,
    },
  ],
  diff: [
    {
      object: web,
      path: 'spec.template.spec.containers[web].image',
      before: 'shop/web:1.5.0',
      after: 'shop/web:1.4.2',
    },
    {
      object: web,
      path: 'spec.template.spec.containers[web].env[GREETING].value',
      before: 'bell\u0007 \u001B]0;title\u0007',
      after: '',
    },
    { object: { ...web, kind: 'Service' }, path: 'spec.selector.version', before: '', after: '1.4.2' },
  ],
  facts: {
    capturedAt: '2026-01-01T11:48:00Z',
    blastRadius: {
      objects: 4,
      services: ['shop/web', 'shop/admin'],
      namespaces: ['shop'],
      shareOfReadyEndpoints: 0.4,
      readyEndpoints: 5,
    },
    managedBy: [{ tool: 'argocd', owner: 'argocd/shop' }],
    reversible: true,
    notes: [
      'Revision 6 is known to work: 2 of its 2 pods are ready now.',
      'The autoscaler \u202Eevil of the workload may change the number again.',
    ],
  },
};

export const exampleDecision: Decision = {
  tier: 'two',
  voices: [
    { rule: 'floor.share', tier: 'two', why: "More than a third of a Service's ready endpoints are touched." },
    { rule: 'level.suggest.ask', tier: 'one', why: 'At the level suggest a person agrees to every change.' },
  ],
  roles: ['sre', 'owner'],
  demands: [
    { approvals: 2, roles: ['sre'] },
    { approvals: 1, roles: ['owner'] },
  ],
  policyVersion: '26ea4b696cf7d1c0',
  shadow: { tier: 'one', policyVersion: 'ff' },
};

const base: Change = {
  id: 'chg-a1b2c3d4e5f6',
  state: 'waiting',
  says: 'Waits for the yes of two people of sre or owner.',
  requester: ann,
  reason: {
    text: 'Image not found: the registry has no such tag.',
    finding: { code: 'pod.image.not-found', object: web, confidence: 'high', evidence: [] },
  },
  plan: examplePlan,
  decision: exampleDecision,
  digest: '3f9c0a7e1b2d4c5e3f9c0a7e1b2d4c5e3f9c0a7e1b2d4c5e3f9c0a7e1b2d4c5e',
  approvals: [],
  steps: [],
  createdAt: '2026-01-01T11:48:00Z',
  expiresAt: '2026-01-01T12:48:00Z',
  updatedAt: '2026-01-01T11:49:00Z',
  sequence: 2,
};

export const waitingChange: Change = Change.parse(base);

export const undoneChange: Change = Change.parse({
  ...base,
  state: 'undone',
  says: 'It did not help: 1 of 3 replicas is available. It was taken back: everything is set as it was before.',
  approvals: [
    { actor: { ...ann, name: 'Ben', account: 'local:ben' }, digest: base.digest, time: '2026-01-01T11:50:00Z' },
  ],
  steps: [
    {
      step: { direction: 'forward', action: 0, operation: 0 },
      outcome: 'done',
      says: 'patch Deployment shop/web: done.',
    },
    { step: { direction: 'back', action: 0, operation: 0 }, outcome: 'unknown', says: 'No answer came.' },
    { step: { direction: 'back', action: 0, operation: 1 }, says: '' },
  ],
});
