import { createHash } from 'node:crypto';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Decision, Tier } from '@autodevops/domain/change/decision';
import type { Operation } from '@autodevops/domain/change/operation';
import type { Facts, Plan, PlannedAction } from '@autodevops/domain/change/plan';
import type { ObjectRef } from '@autodevops/domain/object-ref';

export const noon = Date.parse('2026-01-01T12:00:00Z');
export const time = '2026-01-01T12:00:00.000Z';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function person(name: string, roles: readonly string[] = ['sre'], account = `slack:${name}`): Actor {
  return { kind: 'person', account, person: name, name, roles: [...roles], surface: 'slack' };
}
export const ann = person('ann');
export const bob = person('bob');
export const agent: Actor = {
  kind: 'agent',
  account: 'agent:scarlet',
  person: '',
  name: 'Scarlet',
  roles: [],
  surface: 'agent',
};

export function deploymentRef(name = 'web'): ObjectRef {
  return { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: `uid-${name}` };
}

export function patchOf(name = 'web', replicas = 3, before = 1): Operation {
  return {
    verb: 'patch',
    target: { ...deploymentRef(name), resourceVersion: '10' },
    subresource: '',
    steps: [
      { op: 'test', path: '/spec/replicas', value: before },
      { op: 'replace', path: '/spec/replicas', value: replicas },
    ],
  };
}

export function plannedAction(name = 'web', changes: Partial<PlannedAction> = {}): PlannedAction {
  return {
    request: { action: 'resize', target: deploymentRef(name), params: { replicas: 3 } },
    risk: 'low',
    sentences: { will: `Scale ${name} to 3.`, doing: `Scaling ${name} to 3.`, done: `Scaled ${name} to 3.` },
    operations: [patchOf(name)],
    undo: { operations: [patchOf(name, 1, 3)], why: 'Scales back.' },
    patience: 60,
    ...changes,
  };
}

export function factsOfPlan(changes: Partial<Facts> = {}): Facts {
  return {
    capturedAt: time,
    blastRadius: { objects: 2, services: ['shop/web'], namespaces: ['shop'], shareOfReadyEndpoints: 0.5 },
    managedBy: [],
    labels: {},
    workloads: ['Deployment/shop/web'],
    reversible: true,
    notes: [],
    ...changes,
  };
}

export function planOf(...actions: readonly PlannedAction[]): Plan {
  return {
    actions: actions.length === 0 ? [plannedAction()] : [...actions],
    diff: [{ object: deploymentRef(), path: 'spec.replicas', before: '1', after: '3' }],
    facts: factsOfPlan(),
  };
}

export function decisionOf(tier: Tier, changes: Partial<Decision> = {}): Decision {
  return {
    tier,
    voices: [{ rule: 'default', tier, why: `It is ${tier}.` }],
    roles: [],
    policyVersion: 'policy-1',
    ...changes,
  };
}
