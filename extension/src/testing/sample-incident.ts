import type { IncidentLine } from '../incidents/incidents-feed.ts';

export function incidentLine(state: IncidentLine['state'], changes: Partial<IncidentLine> = {}): IncidentLine {
  return { id: `inc-${state}000000`, state, title: 'ShopDown in shop', severity: 'sev2', openedAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', summary: 'Deployment shop/web: the tag is not there.', returns: 0, firing: 1, ...changes };
}
