import { Change } from '@autodevops/domain/change/change';
import type { ChangeState } from '@autodevops/domain/change/change';
import type { Decision, Tier } from '@autodevops/domain/change/decision';
import { Plan } from '@autodevops/domain/change/plan';
import type { ChangeLine } from '../changes/changes-feed.ts';

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

export const samplePlan: Plan = Plan.parse({
  actions: [
    {
      request: { action: 'rollout-undo', target: web, params: { toRevision: 6 } },
      risk: 'medium',
      sentences: { will: 'Return Deployment shop/web to revision 6.', doing: 'Returning it.', done: 'Returned it.' },
      operations: [operation],
      undo: { operations: [operation], why: 'Its revision 7 is kept.' },
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
  ],
  facts: {
    capturedAt: '2026-01-07T12:00:00Z',
    blastRadius: { objects: 4, services: ['shop/web'], namespaces: ['shop'], shareOfReadyEndpoints: 0.4 },
    reversible: true,
    notes: [],
  },
});

export function decisionOf(tier: Tier): Decision {
  return {
    tier,
    voices: [{ rule: `level.${tier}`, tier, why: `The level says ${tier}.` }],
    roles: [],
    policyVersion: '26ea4b696cf7d1c0',
  };
}

export function sampleChange(given: Partial<Change> = {}): Change {
  return Change.parse({
    id: 'chg-a1b2c3d4e5f6',
    state: 'waiting',
    says: 'Waits for one yes.',
    requester: ann,
    reason: { text: 'Image not found.' },
    plan: samplePlan,
    decision: decisionOf('one'),
    digest: '3f9c0a7e1b2d4c5e3f9c0a7e1b2d4c5e',
    approvals: [],
    steps: [],
    createdAt: '2026-01-07T11:48:00Z',
    expiresAt: '2026-01-07T12:48:00Z',
    updatedAt: '2026-01-07T11:49:00Z',
    sequence: 2,
    ...given,
  });
}

export function changeLine(state: ChangeState, given: Partial<ChangeLine> = {}): ChangeLine {
  return {
    id: `chg-${state}00`,
    state,
    says: `It is ${state}.`,
    createdAt: '2026-01-07T11:48:00Z',
    updatedAt: '2026-01-07T11:49:00Z',
    will: ['Return Deployment shop/web to revision 6.'],
    tier: 'one',
    askedBy: 'Ann',
    yours: false,
    awaitsYou: true,
    ...given,
  };
}
