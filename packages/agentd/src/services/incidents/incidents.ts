import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import {
  appendIncidentEvents,
  changeIncident,
  incidentsOf,
  readIncident,
} from '@autodevops/agent-core/incidents/incident-journal';
import { keptText } from '@autodevops/agent-core/incidents/kept-text';
import { postMortem } from '@autodevops/agent-core/incidents/telling/post-mortem';
import { readChange } from '@autodevops/agent-core/changes/journal/journal';
import type { Proposal } from '@autodevops/agent-core/changes/approving/propose';
import { timeOf } from '@autodevops/agent-core/changes/surroundings';
import { timelineWith } from '@autodevops/agent-core/incidents/fixing/change-rows';
import { customerSummary } from '@autodevops/agent-core/incidents/telling/customer-summary';
import { isSame } from '@autodevops/agent-core/incidents/paging/told-people';
import { requirePlace } from '@autodevops/agent-core/incidents/telling/post-mortem-place';
import type { PostMortemPlace } from '@autodevops/agent-core/incidents/telling/post-mortem-place';
import { postMortemRequest } from '@autodevops/agent-core/incidents/telling/post-mortem-request';
import type { Change } from '@autodevops/domain/change/change';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentEvent, IncidentPerson } from '@autodevops/domain/incident/incident-event';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { Store } from '@autodevops/domain/ports/store';
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Call, Handlers } from '../../contract/handlers.ts';
import { filteredChanges, linkChange } from './incident-changes.ts';
import { pictureOf, withPanels } from './incident-panels.ts';
import type { IncidentService } from './incident-service.ts';
import type { ShownPanels } from './incident-panels.ts';
import { receivingHandlers } from './receiving-alerts.ts';
import type { Receiving } from './receiving-alerts.ts';

/** With what only proposing needs. */
export interface ServingIncidents extends IncidentService {
  readonly propose: (proposal: Proposal) => Promise<Change>;
  readonly changes: Store['changes'];
  /** Names of the Git repositories that a post-mortem may be proposed in. */
  readonly repositories: readonly string[];
  /** Where causes can be seen; undefined: nowhere. */
  readonly shown: ShownPanels | undefined;
}

type Serving =
  | 'onCall'
  | 'incidentPicture'
  | 'acknowledgeIncident'
  | 'silenceIncident'
  | 'unsilenceIncident'
  | 'customerSummary'
  | 'proposePostMortem'
  | 'openIncident'
  | 'incidents'
  | 'incident'
  | 'updateIncident'
  | 'assignIncident'
  | 'setIncidentSeverity'
  | 'resolveIncident'
  | 'postMortem';
type Update = InputOf<Endpoints['updateIncident']>['body'];

async function opened(
  { title, severity }: InputOf<Endpoints['openIncident']>['body'],
  { actor, idempotencyKey }: Call,
  { desk, diagnoseSoon }: IncidentService,
): Promise<Incident> {
  const {
    store: { incidents: journal },
    clock,
  } = desk;
  const key = `person ${desk.digest(`${actor.account}\n${idempotencyKey}`)}`;
  const known = await journal.byKey(key);
  if (known !== undefined) return await readIncident(journal, known);
  const event: IncidentEvent = {
    type: 'opened',
    time: timeOf(clock),
    actor,
    idempotencyKey: key,
    origin: 'person',
    title: keptText(title, incidentBounds.title),
    severity,
    groupKey: '',
    causes: [],
    alerts: [],
  };
  const incident = await appendIncidentEvents(journal, { id: desk.newId(), before: undefined, events: [event] });
  diagnoseSoon(incident.id);
  return incident;
}

/** `now` (ISO 8601): a silence that has passed is none any more. */
function lineOf(
  { id, state, title, severity, openedAt, updatedAt, summary, returns, alerts, ...rest }: Incident,
  now: string,
): AnswerOf<Endpoints['incidents']>['incidents'][number] {
  const { commander, silence, escalation, updateDueSince, acknowledged } = rest;
  return {
    id,
    state,
    title,
    severity,
    openedAt,
    updatedAt,
    summary,
    returns,
    firing: alerts.filter((alert) => alert.state === 'firing').length,
    ...(commander === undefined ? {} : { commander }),
    ...(silence === undefined || silence.until <= now ? {} : { silence }),
    ...(escalation === undefined ? {} : { escalation }),
    ...(updateDueSince === undefined ? {} : { updateDueSince }),
    ...(acknowledged === undefined ? {} : { acknowledged }),
  };
}

/** In order: what was done, then what is to be done, then how it stands. */
function updateEvents(
  { says, state, link, task, done, customers, services }: Update,
  at: { readonly time: string; readonly actor: Call['actor'] },
): readonly IncidentEvent[] {
  return [
    ...(done === undefined ? [] : [{ type: 'task-done' as const, ...at, task: done }]),
    ...(link === undefined
      ? []
      : [
          {
            type: 'linked' as const,
            ...at,
            title: keptText(link.title, incidentBounds.title),
            target: keptText(link.target),
          },
        ]),
    ...(task === undefined ? [] : [{ type: 'task-added' as const, ...at, text: keptText(task) }]),
    ...(services === undefined
      ? []
      : [
          {
            type: 'services-set' as const,
            ...at,
            services: [...new Set(services.map((one) => keptText(one, incidentBounds.title)))],
          },
        ]),
    ...(customers === undefined ? [] : [{ type: 'customers-told' as const, ...at, text: keptText(customers) }]),
    ...(says === undefined || state !== undefined ? [] : [{ type: 'said' as const, ...at, text: keptText(says) }]),
    ...(state === undefined
      ? []
      : [
          state === 'reviewed'
            ? { type: 'reviewed' as const, ...at, why: keptText(says ?? '') }
            : { type: 'state-set' as const, ...at, state, why: keptText(says ?? '') },
        ]),
  ];
}

/** Whoever has taken it up already has nothing more to say by it; for another it is a word that counts. */
function hasSeen({ state, acknowledged, escalation }: Incident, actor: Call['actor']): boolean {
  const isWaitedFor = (escalation?.told ?? []).some(({ to, answeredAt }) => answeredAt === '' && isSame(to, actor));
  return state !== 'open' && !isWaitedFor && acknowledged !== undefined;
}

/** The newest changes that were made for an incident. */
async function changesFor(
  incident: string,
  { desk, changes }: Pick<ServingIncidents, 'desk' | 'changes'>,
): Promise<readonly Change[]> {
  return await filteredChanges({ incident, open: false, limit: 50 }, { changes, incidents: desk.store.incidents });
}

/** With what became of the changes that were made for it: who asked, who agreed, how they ended. */
async function withChanges(incident: Incident, service: Pick<ServingIncidents, 'desk' | 'changes'>): Promise<Incident> {
  const { id, mergedInto, links, causesSeen } = incident;
  // Where nothing was found and nothing linked, no change can be for it.
  if (mergedInto !== '' || links.length + causesSeen.length === 0) return incident;
  return { ...incident, timeline: [...timelineWith(incident, await changesFor(id, service))] };
}

/** The draft as it is now. An attempt that was made before is found by its key, though the draft has changed since. */
async function postMortemProposed(
  id: string,
  place: PostMortemPlace,
  { actor, signal, idempotencyKey }: Call,
  { desk, propose, changes, repositories }: ServingIncidents,
): Promise<Change> {
  requirePlace(place, repositories);
  const incident = await readIncident(desk.store.incidents, id);
  const known = await changes.byKey(idempotencyKey);
  const before = known === undefined ? undefined : (await readChange(changes, known)).change;
  const isOwn =
    before?.requester.account === actor.account && before.plan.actions[0]?.request.action === 'open-git-change';
  const change = isOwn
    ? before
    : await propose({
        requests: [postMortemRequest(incident, await changesFor(id, { desk, changes }), place)],
        requester: actor,
        reason: { text: `The post-mortem of ${id}.` },
        idempotencyKey,
        direct: false,
        signal,
      });
  await linkChange(
    desk.store.incidents,
    id,
    { id: change.id, title: 'Post-mortem' },
    { time: timeOf(desk.clock), actor },
  );
  return change;
}

async function personOf(
  account: string | undefined,
  { actor }: Call,
  { people }: IncidentService,
): Promise<IncidentPerson> {
  if (account === undefined || account === actor.account) {
    return { account: actor.account, person: actor.person, name: actor.name };
  }
  const person = await people.byAccount(account);
  return { account, person: person?.id ?? '', name: person?.name ?? account };
}

async function listed(
  { ongoing, limit, before }: InputOf<Endpoints['incidents']>['query'],
  { store: { incidents: journal }, clock }: IncidentDesk,
): Promise<AnswerOf<Endpoints['incidents']>> {
  const lines = await journal.list({ limit, open: ongoing, ...(before === undefined ? {} : { before }) });
  const all = await incidentsOf(journal, lines);
  return {
    incidents: all
      .filter((incident) => !ongoing || isOngoing(incident))
      .map((incident) => lineOf(incident, timeOf(clock))),
  };
}

/** Incidents, as people and monitoring open, see and end them. */
export function incidentHandlers(service: ServingIncidents): Pick<Handlers, Serving | Receiving> {
  const { desk } = service;
  const journal = desk.store.incidents;
  const at = ({ actor }: Call): { readonly time: string; readonly actor: Call['actor'] } => ({
    time: timeOf(desk.clock),
    actor,
  });
  const changed = async (
    id: string,
    call: Call,
    next: (present: Incident) => readonly IncidentEvent[],
  ): Promise<Incident> =>
    await changeIncident(journal, id, next, desk.digest(`${call.actor.account}\n${call.idempotencyKey}`));
  return {
    ...receivingHandlers(service),
    openIncident: async ({ body }, call) => await opened(body, call, service),
    incidents: async ({ query }) => await listed(query, desk),
    incident: async ({ params: { id } }) =>
      withPanels(await withChanges(await readIncident(journal, id), service), service.shown),
    incidentPicture: async ({ params: { id, panel } }, { signal }) =>
      await pictureOf(await readIncident(journal, id), panel, service.shown, signal),
    updateIncident: async ({ params: { id }, body }, call) =>
      await changed(id, call, () => updateEvents(body, at(call))),
    assignIncident: async ({ params: { id }, body: { role, account } }, call) => {
      const to = await personOf(account, call, service);
      return await changed(id, call, () => [{ type: 'assigned', ...at(call), role, to }]);
    },
    setIncidentSeverity: async ({ params: { id }, body: { severity, why } }, call) =>
      await changed(id, call, (present) =>
        present.severity === severity ? [] : [{ type: 'severity-set', ...at(call), severity, why: keptText(why) }],
      ),
    resolveIncident: async ({ params: { id }, body: { why } }, call) =>
      await changed(id, call, (present) =>
        present.state === 'resolved' ? [] : [{ type: 'resolved', ...at(call), why: keptText(why) }],
      ),
    acknowledgeIncident: async ({ params: { id } }, call) =>
      await changed(id, call, (present) =>
        hasSeen(present, call.actor) ? [] : [{ type: 'acknowledged', ...at(call) }],
      ),
    silenceIncident: async ({ params: { id }, body: { minutes, why } }, call) => {
      const until = new Date(desk.clock.now() + minutes * 60_000).toISOString();
      return await changed(id, call, () => [{ type: 'silenced', ...at(call), until, why: keptText(why) }]);
    },
    unsilenceIncident: async ({ params: { id } }, call) =>
      await changed(id, call, (present) =>
        present.silence === undefined || present.silence.until <= timeOf(desk.clock)
          ? []
          : [{ type: 'unsilenced', ...at(call), why: '' }],
      ),
    onCall: async (_input, { signal }) => ({
      schedules: (await service.onCall(signal)).map(({ people, ...rest }) => ({ ...rest, people: [...people] })),
    }),
    customerSummary: async ({ params: { id } }) => customerSummary(await readIncident(journal, id)),
    proposePostMortem: async ({ params: { id }, body }, call) => await postMortemProposed(id, body, call, service),
    postMortem: async ({ params: { id } }) => ({
      markdown: postMortem(await readIncident(journal, id), await changesFor(id, service)),
    }),
  };
}
