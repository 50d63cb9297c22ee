import type { Actor } from '@autodevops/domain/change/actor';
import type { IncidentAlert, IncidentCause, IncidentEvent } from '@autodevops/domain/incident/incident-event';

export const ann: Actor = {
  kind: 'person',
  account: 'local:ann',
  person: 'ann',
  name: 'Ann',
  roles: ['operator'],
  surface: 'cli',
};
export const alertmanager: Actor = {
  kind: 'automation',
  account: 'alertmanager:webhook',
  person: '',
  name: 'Alertmanager',
  roles: [],
  surface: 'http',
};
export const jamie: Actor = {
  kind: 'agent',
  account: 'jamie:local',
  person: '',
  name: 'Jamie',
  roles: [],
  surface: 'agent',
};

export const begin = '2026-01-01T00:00:00.000Z';

export function firingAlert(fingerprint: string, changes: Partial<IncidentAlert> = {}): IncidentAlert {
  return {
    fingerprint,
    name: 'ShopDown',
    state: 'firing',
    severity: 'sev2',
    startsAt: begin,
    endsAt: '',
    summary: 'The shop is down',
    labels: { namespace: 'shop' },
    ...changes,
  };
}

export function cause(name = 'api', changes: Partial<IncidentCause> = {}): IncidentCause {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: '' };
  return {
    key: `pod.image.not-found Deployment/shop/${name}`,
    code: 'pod.image.not-found',
    title: 'Image not found',
    object,
    confidence: 'high',
    cause: 'The tag is not there.',
    impact: 'Who buys',
    began: '',
    since: begin,
    nextSteps: ['Correct the tag.'],
    ...changes,
  };
}

export function openedByAlert(changes: Partial<Extract<IncidentEvent, { type: 'opened' }>> = {}): IncidentEvent {
  return {
    type: 'opened',
    time: begin,
    actor: alertmanager,
    idempotencyKey: 'k',
    origin: 'alert',
    title: 'ShopDown',
    severity: 'sev2',
    groupKey: 'g',
    causes: [],
    alerts: [firingAlert('f-1')],
    ...changes,
  };
}
