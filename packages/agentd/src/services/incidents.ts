import { alertGroupFrom } from '@autodevops/agent-core/incidents/alertmanager';
import type { HeartbeatRules } from '@autodevops/agent-core/incidents/heartbeat';
import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import { appendIncidentEvents, changeIncident, incidentsOf, readIncident } from '@autodevops/agent-core/incidents/incident-journal';
import { keptText } from '@autodevops/agent-core/incidents/kept-text';
import { postMortem } from '@autodevops/agent-core/incidents/post-mortem';
import { receiveAlerts } from '@autodevops/agent-core/incidents/receive-alerts';
import { noteHeartbeat, watchHeartbeat } from '@autodevops/agent-core/incidents/watch-heartbeat';
import { timeOf } from '@autodevops/agent-core/changes/surroundings';
import type { AlertmanagerPayload } from '@autodevops/domain/incident/alertmanager-payload';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentEvent, IncidentPerson } from '@autodevops/domain/incident/incident-event';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { People } from '@autodevops/domain/ports/store';
import type { AnswerOf, InputOf } from '../contract/endpoint.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import type { Call, Handlers } from '../contract/handlers.ts';

export interface IncidentService {
  readonly desk: IncidentDesk;
  readonly people: Pick<People, 'byAccount'>;
  readonly heartbeat: HeartbeatRules;
  /** Lets Jamie look at what an incident is about, without anybody waiting for it. */
  readonly diagnoseSoon: (id: string) => void;
}

type Serving = 'receiveAlerts' | 'openIncident' | 'incidents' | 'incident' | 'updateIncident' | 'assignIncident' | 'setIncidentSeverity' | 'resolveIncident' | 'postMortem';
type Update = InputOf<Endpoints['updateIncident']>['body'];

async function received(payload: AlertmanagerPayload, { actor, signal }: Call, { desk, heartbeat, diagnoseSoon }: IncidentService): Promise<AnswerOf<Endpoints['receiveAlerts']>> {
  const group = alertGroupFrom(payload, heartbeat.alert, desk.digest);
  if (group.heartbeat !== undefined) {
    await noteHeartbeat(group.heartbeat, desk);
    await watchHeartbeat(heartbeat, actor, signal, desk);
  }
  const { incident, isNews } = await receiveAlerts(group, actor, signal, desk);
  if (incident !== undefined && isNews) diagnoseSoon(incident.id);
  return { incident: incident?.id ?? '' };
}

async function opened({ title, severity }: InputOf<Endpoints['openIncident']>['body'], { actor, idempotencyKey }: Call, { desk, diagnoseSoon }: IncidentService): Promise<Incident> {
  const { store: { incidents: journal }, clock } = desk;
  const key = `person ${desk.digest(`${actor.account}\n${idempotencyKey}`)}`;
  const known = await journal.byKey(key);
  if (known !== undefined) return await readIncident(journal, known);
  const event: IncidentEvent = { type: 'opened', time: timeOf(clock), actor, idempotencyKey: key, origin: 'person', title: keptText(title, incidentBounds.title), severity, groupKey: '', causes: [], alerts: [] };
  const incident = await appendIncidentEvents(journal, { id: desk.newId(), before: undefined, events: [event] });
  diagnoseSoon(incident.id);
  return incident;
}

function lineOf({ id, state, title, severity, openedAt, updatedAt, summary, commander, returns, alerts }: Incident): AnswerOf<Endpoints['incidents']>['incidents'][number] {
  return { id, state, title, severity, openedAt, updatedAt, summary, returns, firing: alerts.filter((alert) => alert.state === 'firing').length, ...(commander === undefined ? {} : { commander }) };
}

/** In order: what was done, then what is to be done, then how it stands. */
function updateEvents({ says, state, link, task, done }: Update, at: { readonly time: string; readonly actor: Call['actor'] }): readonly IncidentEvent[] {
  return [
    ...(done === undefined ? [] : [{ type: 'task-done' as const, ...at, task: done }]),
    ...(link === undefined ? [] : [{ type: 'linked' as const, ...at, title: keptText(link.title, incidentBounds.title), target: keptText(link.target) }]),
    ...(task === undefined ? [] : [{ type: 'task-added' as const, ...at, text: keptText(task) }]),
    ...(says === undefined || state !== undefined ? [] : [{ type: 'said' as const, ...at, text: keptText(says) }]),
    ...(state === undefined ? [] : [state === 'reviewed' ? { type: 'reviewed' as const, ...at, why: keptText(says ?? '') } : { type: 'state-set' as const, ...at, state, why: keptText(says ?? '') }]),
  ];
}

async function personOf(account: string | undefined, { actor }: Call, { people }: IncidentService): Promise<IncidentPerson> {
  if (account === undefined || account === actor.account) return { account: actor.account, person: actor.person, name: actor.name };
  const person = await people.byAccount(account);
  return { account, person: person?.id ?? '', name: person?.name ?? account };
}

async function listed({ ongoing, limit, before }: InputOf<Endpoints['incidents']>['query'], { store: { incidents: journal } }: IncidentDesk): Promise<AnswerOf<Endpoints['incidents']>> {
  const lines = await journal.list({ limit, open: ongoing, ...(before === undefined ? {} : { before }) });
  const all = await incidentsOf(journal, lines);
  return { incidents: all.filter((incident) => !ongoing || isOngoing(incident)).map(lineOf) };
}

/** Incidents, as people and monitoring open, see and end them. */
export function incidentHandlers(service: IncidentService): Pick<Handlers, Serving> {
  const { desk } = service;
  const journal = desk.store.incidents;
  const at = ({ actor }: Call): { readonly time: string; readonly actor: Call['actor'] } => ({ time: timeOf(desk.clock), actor });
  return {
    receiveAlerts: async ({ body }, call) => await received(body, call, service),
    openIncident: async ({ body }, call) => await opened(body, call, service),
    incidents: async ({ query }) => await listed(query, desk),
    incident: async ({ params: { id } }) => await readIncident(journal, id),
    updateIncident: async ({ params: { id }, body }, call) => await changeIncident(journal, id, () => updateEvents(body, at(call))),
    assignIncident: async ({ params: { id }, body: { role, account } }, call) => {
      const to = await personOf(account, call, service);
      return await changeIncident(journal, id, () => [{ type: 'assigned', ...at(call), role, to }]);
    },
    setIncidentSeverity: async ({ params: { id }, body: { severity, why } }, call) =>
      await changeIncident(journal, id, (present) => (present.severity === severity ? [] : [{ type: 'severity-set', ...at(call), severity, why: keptText(why) }])),
    resolveIncident: async ({ params: { id }, body: { why } }, call) => await changeIncident(journal, id, (present) => (present.state === 'resolved' ? [] : [{ type: 'resolved', ...at(call), why: keptText(why) }])),
    postMortem: async ({ params: { id } }) => ({ markdown: postMortem(await readIncident(journal, id)) }),
  };
}
