import { approve } from '@autodevops/agent-core/changes/approving/approve';
import { isFinal } from '@autodevops/agent-core/changes/journal/change-state';
import { readChange } from '@autodevops/agent-core/changes/journal/journal';
import { killSwitch, turnKillSwitch } from '@autodevops/agent-core/changes/governing/kill-switch';
import type { KillSwitch } from '@autodevops/agent-core/changes/governing/kill-switch';
import { propose } from '@autodevops/agent-core/changes/approving/propose';
import type { ProposalDesk } from '@autodevops/agent-core/changes/approving/propose';
import { simulate } from '@autodevops/agent-core/changes/simulating/simulate';
import { timeOf } from '@autodevops/agent-core/changes/surroundings';
import { undoRequests } from '@autodevops/agent-core/changes/undoing/undo-change';
import { cancel, reject, takeBack } from '@autodevops/agent-core/changes/approving/withdraw';
import type { ApprovalRules } from '@autodevops/agent-core/changes/approving/approver';
import { keptText } from '@autodevops/agent-core/incidents/kept-text';
import { diagnose } from '@autodevops/agent-core/jamie';
import { explain } from '@autodevops/agent-core/policy/explain';
import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditCode, AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Change, Reason } from '@autodevops/domain/change/change';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { MemoryEntry, Store } from '@autodevops/domain/ports/store';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import { redact } from '@autodevops/domain/redact';
import type { AnswerOf, InputOf } from '../contract/endpoint.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import type { Call, Handlers } from '../contract/handlers.ts';
import { closeAccounts } from '../identity/closed-accounts.ts';
import { refuseLookAlike } from '../identity/look-alike.ts';
import { automationMemory, automationsNow, turnAutomation } from './changes/automating.ts';
import { conversingHandlers } from './talking/conversing.ts';
import { changeLines } from './changes/change-line.ts';
import { changeEvents, outboxEvents } from './changes/change-stream.ts';
import { circumstances } from './changes/deciding.ts';
import type { DecidingChoice } from './changes/deciding.ts';
import type { Executor } from './changes/executor.ts';
import type { OutboxNews } from './changes/outbox-news.ts';
import { fixesOf } from './changes/fixes.ts';
import { glassHandlers } from './changes/glass.ts';
import type { ShownPanels } from './incidents/incident-panels.ts';
import type { LiveFindings } from './cluster/live-findings.ts';
import { diagnosisEvents, optionsFrom } from './cluster/looking.ts';
import type { ScopeAsked } from './cluster/looking.ts';
import { reasonNow } from './changes/reason-now.ts';
import type { Look } from './changes/reason-now.ts';
import { objectNews } from './cluster/object-news.ts';
import { rulingNow } from './changes/ruling.ts';
import { simulateOverPast } from './changes/simulating.ts';
import { lookingUpHandlers } from './cluster/looking-up.ts';
import { filteredChanges, linkChange, standingIncident } from './incidents/incident-changes.ts';
import { incidentHandlers } from './incidents/incidents.ts';
import type { IncidentService } from './incidents/incident-service.ts';
import { linkingHandlers } from './accounts/linking.ts';
import { tokenHandlers } from './accounts/tokens.ts';
import type { Watching } from './cluster/watching.ts';

export interface HandlerChoice {
  readonly store: Store;
  /** Tells when something was written that is followed. */
  readonly news: OutboxNews;
  readonly watching: Pick<Watching, 'reader' | 'look' | 'begin' | 'version' | 'changed' | 'changedSince'>;
  readonly live: Pick<LiveFindings, 'follow'>;
  readonly desk: Omit<ProposalDesk, 'store'>;
  readonly deciding: DecidingChoice;
  readonly rules: ApprovalRules;
  readonly executor: Pick<Executor, 'takeUp'>;
  readonly incidents: IncidentService;
  /** Where causes of incidents can be seen; undefined: nowhere. */
  readonly shown: ShownPanels | undefined;
  readonly cluster: AnswerOf<Endpoints['cluster']>;
  readonly health: () => Promise<AnswerOf<Endpoints['health']>>;
}

type ProposeBody = InputOf<Endpoints['propose']>['body'];

function scopeFrom({ namespace, kind, name, hygiene }: InputOf<Endpoints['diagnosis']>['query']): ScopeAsked {
  return {
    hygiene,
    namespaces: namespace === undefined ? [] : [namespace],
    objects:
      kind === undefined || name === undefined
        ? []
        : [{ kind, name, ...(namespace === undefined ? {} : { namespace }) }],
  };
}

/** The reason as it is now: by what is held of the cluster, then by a look of its own, for what is held may lag behind. */
async function reasonOf(
  body: ProposeBody,
  { watching: { reader, look } }: HandlerChoice,
  signal: AbortSignal,
): Promise<Reason> {
  const by =
    (seen: ClusterReader): Look =>
    async (namespaces) =>
      await diagnose(seen, namespaces.length === 0 ? {} : { namespaces }, { signal });
  return await reasonNow(body, [by(reader), by(look)]);
}

async function listed(
  query: InputOf<Endpoints['changes']>['query'],
  { actor }: Call,
  { store, rules }: HandlerChoice,
): Promise<AnswerOf<Endpoints['changes']>> {
  const { open, limit, before, incident, finding } = query;
  const { changes, incidents, people } = store;
  const read = async (): Promise<readonly Change[]> => {
    if (incident !== undefined || finding !== undefined) return await filteredChanges(query, { changes, incidents });
    const lines = await changes.list({ limit, open, ...(before === undefined ? {} : { before }) });
    return await Promise.all(lines.map(async ({ id }) => (await readChange(changes, id)).change));
  };
  return { changes: [...(await changeLines(await read(), actor, { people, rules }))] };
}

/** Proposes; what is for an incident is linked there. */
async function proposed(
  body: ProposeBody,
  choice: HandlerChoice,
  desk: ProposalDesk,
  { actor, signal, idempotencyKey }: Call,
): Promise<Change> {
  const { requests, direct, incident } = body;
  if (incident !== undefined) await standingIncident(choice.store.incidents, incident);
  // A call that is repeated gives the change that it made, whose finding may be gone by now.
  const isRepeated = (await choice.store.changes.byKey(idempotencyKey)) !== undefined;
  const reason = isRepeated ? { text: body.reason } : await reasonOf(body, choice, signal);
  const change = await propose({ requests, requester: actor, reason, idempotencyKey, direct, signal }, desk);
  if (incident !== undefined) {
    await linkChange(
      choice.store.incidents,
      incident,
      { id: change.id, title: keptText(change.plan.actions[0]?.sentences.will ?? '', incidentBounds.title) },
      { time: timeOf(choice.desk.clock), actor },
    );
  }
  return change;
}

function entryOf(code: AuditCode, { actor }: Call, now: number, subject: string, says: string): AuditEntry {
  return { code, time: new Date(now).toISOString(), actor, onBehalfOf: '', subject, success: true, says, details: {} };
}

async function explained(
  body: ProposeBody,
  choice: HandlerChoice,
  { actor, signal }: Call,
): Promise<AnswerOf<Endpoints['explainDecision']>> {
  const now = choice.desk.clock.now();
  const as = await choice.desk.identity?.({ requester: actor, approvals: [] });
  const plan = await simulate(
    {
      requests: body.requests,
      from: actor.kind,
      changeId: 'chg-rehearsal',
      moment: now,
      now,
      signal,
      ...(as === undefined ? {} : { as }),
    },
    choice.desk.ground,
  );
  const question = {
    actions: plan.actions,
    facts: plan.facts,
    requester: actor,
    reason: await reasonOf(body, choice, signal),
  };
  const { environment, inForce } = choice.deciding;
  const { rules } = explain({ ...question, environment }, inForce, await circumstances(choice.deciding, ''));
  return {
    plan,
    decision: await choice.desk.decide(question, ''),
    rules: rules.map(({ rule, state, says }) => ({ rule, matched: state !== 'silent', why: says })),
  };
}

function shownTo({ account: caller }: Actor, { account, ...shown }: KillSwitch): AnswerOf<Endpoints['killSwitch']> {
  return account === undefined ? shown : { ...shown, yours: account === caller };
}

function remembered({ id, kind, thread, time, text }: MemoryEntry): AnswerOf<Endpoints['remember']> {
  return { id, kind, thread, time, text };
}

function looking(
  choice: HandlerChoice,
): Pick<Handlers, 'diagnose' | 'diagnosis' | 'findings' | 'objectNews' | 'fixes'> {
  const {
    live,
    watching: { reader },
  } = choice;
  return {
    diagnose: async ({ body }, { signal }) => await diagnose(reader, optionsFrom(body), { signal }),
    diagnosis: ({ query }, { signal }) => diagnosisEvents(reader, scopeFrom(query), signal),
    findings: ({ query }, { signal }, lastId) => live.follow(scopeFrom(query), signal, lastId),
    objectNews: (_given, { signal }) => objectNews({ watching: choice.watching, clock: choice.desk.clock }, signal),
    fixes: async ({ body }, { signal }) => {
      const diagnosis = await diagnose(reader, optionsFrom(body), { signal });
      return {
        diagnosis,
        fixes: fixesOf(diagnosis).map(({ cause, proposals, open, manual }) => ({
          cause,
          proposals: [...proposals],
          open: open.map(({ request, asks }) => ({ request, asks: [...asks] })),
          manual: [...manual],
        })),
      };
    },
  };
}

type Changing = 'propose' | 'changes' | 'change' | 'approve' | 'reject' | 'cancel' | 'run' | 'undo' | 'watchChange';

function changing(choice: HandlerChoice): Pick<Handlers, Changing> {
  const { store, executor, rules } = choice;
  const desk = { ...choice.desk, store, rules };
  return {
    propose: async ({ body }, call) => await proposed(body, choice, desk, call),
    changes: async ({ query }, call) => await listed(query, call, choice),
    change: async ({ params }) => (await readChange(store.changes, params.id)).change,
    approve: async ({ params, body }, { actor, signal }) =>
      await approve({ id: params.id, actor, digest: body.digest, signal }, desk),
    reject: async ({ params, body }, { actor }) => await reject({ id: params.id, actor, why: body.why }, desk),
    cancel: async ({ params, body }, { actor }) => await cancel({ id: params.id, actor, why: body.why }, desk),
    run: async ({ params }) => {
      executor.takeUp(params.id);
      return (await readChange(store.changes, params.id)).change;
    },
    undo: async ({ params, body }, { actor, signal, idempotencyKey }) => {
      const { change } = await readChange(store.changes, params.id);
      if (isFinal(change.state)) {
        return await propose(
          {
            requests: undoRequests(change),
            requester: actor,
            reason: { text: body.why },
            idempotencyKey,
            direct: false,
            signal,
          },
          desk,
        );
      }
      const taken = await takeBack({ id: params.id, actor, why: body.why }, desk);
      executor.takeUp(params.id);
      return taken;
    },
    watchChange: ({ params }, { signal }, lastId) =>
      changeEvents(params.id, { store, news: choice.news, signal, lastId }),
  };
}

type Governing =
  | 'simulatePolicy'
  | 'automations'
  | 'setAutomation'
  | 'recall'
  | 'remember'
  | 'policy'
  | 'explainDecision'
  | 'killSwitch'
  | 'setKillSwitch'
  | 'auditRows'
  | 'auditCheckpoints'
  | 'people'
  | 'putPerson'
  | 'removePerson'
  | 'events';

function governing(choice: HandlerChoice): Pick<Handlers, Governing> {
  const {
    store,
    desk: { clock },
  } = choice;
  return {
    policy: async () => await rulingNow(choice.deciding),
    explainDecision: async ({ body }, call) => await explained(body, choice, call),
    simulatePolicy: async ({ body }) =>
      await simulateOverPast(body.policy, {
        changes: store.changes,
        deciding: choice.deciding,
        digest: choice.desk.digest,
      }),
    automations: async () => {
      const { deeds, resting } = await automationMemory(store.settings);
      return { automations: [...(await automationsNow(store.settings))], deeds, resting };
    },
    setAutomation: async ({ params, body }, call) =>
      await turnAutomation(
        store.settings,
        params.automation,
        body.mode,
        entryOf(
          'AUT001',
          call,
          clock.now(),
          params.automation,
          `${call.actor.name} turned ${params.automation} ${body.mode}.`,
        ),
      ),
    recall: async ({ query }) => ({
      entries: (await store.memory.search(query.words, { limit: query.limit })).map(remembered),
    }),
    remember: async ({ body }, { idempotencyKey }) => {
      const entry = {
        id: `note-${idempotencyKey
          .toLowerCase()
          .replaceAll(/[^a-z0-9]/g, '')
          .slice(0, 32)}`,
        kind: 'note' as const,
        thread: body.thread,
        time: new Date(clock.now()).toISOString(),
        text: redact(body.text),
        data: {},
      };
      await store.memory.put(entry);
      return remembered(entry);
    },
    killSwitch: async (_given, { actor }) => shownTo(actor, await killSwitch(store.settings)),
    setKillSwitch: async ({ body }, { actor }) =>
      shownTo(actor, await turnKillSwitch(store.settings, { on: body.on, actor, why: body.why, now: clock.now() })),
    auditRows: async ({ query }) => ({
      rows: [...(await store.audit.rows(query))],
      head: (await store.audit.head()).sequence,
    }),
    auditCheckpoints: async () => ({ checkpoints: [...(await store.audit.checkpoints())] }),
    people: async () => ({ people: [...(await store.people.list())] }),
    putPerson: async ({ body }, call) => {
      const all = await store.people.list();
      refuseLookAlike(body, all);
      const before = all.find(({ id }) => id === body.id)?.accounts ?? [];
      await closeAccounts(
        store.settings,
        before.filter((account) => !body.accounts.includes(account)),
      );
      await store.people.put(
        body,
        entryOf(
          'PPL001',
          call,
          clock.now(),
          body.id,
          `${call.actor.name} linked ${body.name} to ${body.accounts.join(', ') || 'no account'}.`,
        ),
      );
      return body;
    },
    removePerson: async ({ params }, call) => {
      await store.people.remove(
        params.person,
        entryOf('PPL002', call, clock.now(), params.person, `${call.actor.name} unlinked ${params.person}.`),
      );
      return {};
    },
    events: ({ query }, { signal }, lastId) =>
      outboxEvents(lastId === undefined ? query.after : Number(lastId) || 0, {
        store,
        news: choice.news,
        signal,
      }) as unknown as ReturnType<Handlers['events']>,
  };
}

/** What answers every endpoint, over one store and one cluster. */
export function handlersOf(choice: HandlerChoice): Handlers {
  return {
    ...looking(choice),
    ...lookingUpHandlers(choice.watching.reader),
    ...conversingHandlers({
      conversations: choice.store.conversations,
      reader: choice.watching.reader,
      now: () => choice.desk.clock.now(),
      digest: choice.desk.digest,
    }),
    ...changing(choice),
    ...governing(choice),
    ...glassHandlers({ ...choice.desk, store: choice.store }),
    ...incidentHandlers({
      ...choice.incidents,
      shown: choice.shown,
      repositories: choice.desk.ground.git?.repositories ?? [],
      changes: choice.store.changes,
      propose: async (proposal) => await propose(proposal, { ...choice.desk, store: choice.store }),
    }),
    ...tokenHandlers({ store: choice.store, clock: choice.desk.clock }),
    ...linkingHandlers({ store: choice.store, clock: choice.desk.clock }),
    health: async () => await choice.health(),
    cluster: async () => choice.cluster,
  };
}
