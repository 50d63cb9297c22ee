import type { AlertGroup } from '@autodevops/agent-core/incidents/alert-group';
import { alertGroupFrom } from '@autodevops/agent-core/incidents/alertmanager';
import { grafanaGroup } from '@autodevops/agent-core/incidents/grafana';
import { mappedGroup } from '@autodevops/agent-core/incidents/mapped-alerts';
import { pagerDutyGroup } from '@autodevops/agent-core/incidents/pagerduty';
import { receiveAlerts } from '@autodevops/agent-core/incidents/receive-alerts';
import { noteHeartbeat, watchHeartbeat } from '@autodevops/agent-core/incidents/watch-heartbeat';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AnswerOf } from '../contract/endpoint.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import type { Call, Handlers } from '../contract/handlers.ts';
import { requireSource } from '../identity/alert-source.ts';
import type { IncidentService } from './incidents.ts';

export type Receiving = 'receiveAlerts' | 'receiveGrafanaAlerts' | 'receivePagerDutyAlerts' | 'receiveMappedAlerts';

async function received(group: AlertGroup, { actor, signal }: Call, { desk, heartbeat, diagnoseSoon }: IncidentService): Promise<AnswerOf<Endpoints['receiveAlerts']>> {
  if (group.heartbeat !== undefined) {
    await noteHeartbeat(group.heartbeat, desk);
    await watchHeartbeat(heartbeat, actor, signal, desk);
  }
  const { incident, isNews } = await receiveAlerts(group, actor, signal, desk);
  if (incident !== undefined && isNews) diagnoseSoon(incident.id);
  return { incident: incident?.id ?? '' };
}

/** Notices of what tells of alerts: one door each, and behind all of them the same. */
export function receivingHandlers(service: IncidentService): Pick<Handlers, Receiving> {
  const { desk: { digest }, heartbeat: { alert }, mappings } = service;
  const take = async (source: string, group: () => AlertGroup, call: Call): Promise<AnswerOf<Endpoints['receiveAlerts']>> => {
    requireSource(call.actor, source);
    return await received(group(), call, service);
  };
  return {
    receiveAlerts: async ({ body }, call) => await take('alertmanager', () => alertGroupFrom(body, alert, digest), call),
    receiveGrafanaAlerts: async ({ body }, call) => await take('grafana', () => grafanaGroup(body, alert, digest), call),
    receivePagerDutyAlerts: async ({ body }, call) => await take('pagerduty', () => pagerDutyGroup(body, digest), call),
    receiveMappedAlerts: async ({ params: { source }, body }, call) => await take(source, () => {
      const mapping = mappings.get(source);
      if (mapping === undefined) throw new AutoDevOpsError('object.not-found', `The configuration has no source of alerts called ${source}.`, 'Add it under incidents.sources.');
      return mappedGroup(body, source, mapping, digest);
    }, call),
  };
}
