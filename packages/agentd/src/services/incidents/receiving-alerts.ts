import type { AlertGroup } from '@autodevops/agent-core/incidents/notices/alert-group';
import { alertGroupFrom } from '@autodevops/agent-core/incidents/notices/alertmanager';
import { grafanaGroup } from '@autodevops/agent-core/incidents/notices/grafana';
import { mappedGroup } from '@autodevops/agent-core/incidents/notices/mapped-alerts';
import { changeIncident } from '@autodevops/agent-core/incidents/incident-journal';
import { pagerDutyAccount } from '@autodevops/agent-core/incidents/paging/paged-words';
import { acknowledgedBy, pagerDutyGroup } from '@autodevops/agent-core/incidents/notices/pagerduty';
import type { PagerDutyUser } from '@autodevops/agent-core/incidents/notices/pagerduty';
import { timeOf } from '@autodevops/agent-core/changes/surroundings';
import type { Actor } from '@autodevops/domain/change/actor';
import { isOngoing } from '@autodevops/domain/incident/incident';
import { noteHeartbeat, watchHeartbeat } from '@autodevops/agent-core/incidents/heartbeat/watch-heartbeat';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Call, Handlers } from '../../contract/handlers.ts';
import { requireSource } from '../../identity/alert-source.ts';
import type { IncidentService } from './incident-service.ts';

export type Receiving = 'receiveAlerts' | 'receiveGrafanaAlerts' | 'receivePagerDutyAlerts' | 'receiveMappedAlerts';

async function received(
  group: AlertGroup,
  { actor, signal }: Call,
  { desk, heartbeat, receive, diagnoseSoon }: IncidentService,
): Promise<AnswerOf<Endpoints['receiveAlerts']>> {
  if (group.heartbeat !== undefined) {
    await noteHeartbeat(group.heartbeat, desk);
    await watchHeartbeat(heartbeat, actor, signal, desk);
  }
  const { incident, isNews } = await receive({ group, actor });
  if (incident !== undefined && isNews) diagnoseSoon(incident.id);
  return { incident: incident?.id ?? '' };
}

/** Whoever acknowledges there has seen it here too: as the person whom that account is linked to, or by his name there. */
async function acknowledgedThere(
  id: string,
  { id: user, name }: PagerDutyUser,
  { desk, people }: IncidentService,
): Promise<void> {
  const account = `${pagerDutyAccount}${user}`;
  const person = await people.byAccount(account);
  const actor: Actor = {
    kind: 'person',
    account,
    person: person?.id ?? '',
    name: person?.name ?? name,
    roles: [],
    surface: 'http',
  };
  await changeIncident(desk.store.incidents, id, (present) =>
    present.acknowledged !== undefined || !isOngoing(present)
      ? []
      : [{ type: 'acknowledged', time: timeOf(desk.clock), actor }],
  );
}

/** Notices of what tells of alerts: one door each, and behind all of them the same. */
export function receivingHandlers(service: IncidentService): Pick<Handlers, Receiving> {
  const {
    desk: { digest },
    heartbeat: { alert },
    mappings,
  } = service;
  const take = async (
    source: string,
    group: () => AlertGroup,
    call: Call,
  ): Promise<AnswerOf<Endpoints['receiveAlerts']>> => {
    requireSource(call.actor, source);
    return await received(group(), call, service);
  };
  return {
    receiveAlerts: async ({ body }, call) =>
      await take('alertmanager', () => alertGroupFrom(body, alert, digest), call),
    receiveGrafanaAlerts: async ({ body }, call) =>
      await take('grafana', () => grafanaGroup(body, alert, digest), call),
    receivePagerDutyAlerts: async ({ body }, call) => {
      const taken = await take('pagerduty', () => pagerDutyGroup(body, digest), call);
      const by = acknowledgedBy(body);
      if (by !== undefined && taken.incident !== '') await acknowledgedThere(taken.incident, by, service);
      return taken;
    },
    receiveMappedAlerts: async ({ params: { source }, body }, call) =>
      await take(
        source,
        () => {
          const mapping = mappings.get(source);
          if (mapping === undefined) {
            throw new AutoDevOpsError(
              'object.not-found',
              `The configuration has no source of alerts called ${source}.`,
              'Add it under incidents.sources.',
            );
          }
          return mappedGroup(body, source, mapping, digest);
        },
        call,
      ),
  };
}
