import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentLine } from '../incidents/incidents-feed.ts';

export function incidentLine(state: IncidentLine['state'], changes: Partial<IncidentLine> = {}): IncidentLine {
  return {
    id: `inc-${state}000000`,
    state,
    title: 'ShopDown in shop',
    severity: 'sev2',
    openedAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    summary: 'Deployment shop/web: the tag is not there.',
    returns: 0,
    firing: 1,
    ...changes,
  };
}

export function sampleIncident(changes: Partial<Incident> = {}): Incident {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    id: 'inc-a1b2c3d4e5f6',
    state: 'open',
    title: 'ShopDown in shop',
    severity: 'sev2',
    origin: 'alert',
    openedAt: at,
    updatedAt: at,
    resolvedAt: '',
    groupKeys: ['g'],
    alerts: [
      {
        fingerprint: 'f',
        name: 'ShopDown',
        state: 'firing',
        severity: 'sev2',
        startsAt: at,
        endsAt: '',
        summary: '',
        labels: {},
      },
    ],
    alertsLeft: 0,
    causes: [],
    causesSeen: [],
    goneCauses: [],
    summary: 'Deployment shop/web: the tag is not there.',
    responders: [],
    tasks: [],
    links: [],
    mergedInto: '',
    returns: 0,
    metrics: {},
    timeline: [
      { number: 1, type: 'opened', time: at, source: 'Alertmanager', says: 'Opened by 1 alert firing: ShopDown.' },
    ],
    sequence: 1,
    ...changes,
  };
}
