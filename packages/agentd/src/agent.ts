import { getRequestListener } from '@hono/node-server';
import { deny } from '@autodevops/agent-core/changes/denial';
import type { Digest } from '@autodevops/agent-core/changes/digest';
import { usualPace } from '@autodevops/agent-core/changes/execution-desk';
import type { ExecutionDesk, Pace } from '@autodevops/agent-core/changes/execution-desk';
import { namespacesToRead } from '@autodevops/agent-core/changes/execution-scope';
import { withUndo } from '@autodevops/agent-core/changes/undo-change';
import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import { diagnose } from '@autodevops/agent-core/jamie';
import { policyInForce } from '@autodevops/agent-core/policy/policy-version';
import type { Self } from '@autodevops/agent-core/policy/question';
import { planAction, verifyAction } from '@autodevops/agent-core/scarlet/plan-action';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Policy } from '@autodevops/domain/change/policy';
import type { ClusterObjects } from '@autodevops/domain/ports/cluster-objects';
import type { Dashboard } from '@autodevops/domain/incident/dashboard';
import type { GitChanges } from '@autodevops/domain/ports/git-changes';
import type { HelmReleases } from '@autodevops/domain/ports/helm-releases';
import type { NodeImages } from '@autodevops/domain/ports/node-images';
import type { Alerts, Panels, SignalSources } from '@autodevops/domain/ports/signals';
import type { Store } from '@autodevops/domain/ports/store';
import { createApp } from './http/app.ts';
import type { Way } from './http/admission.ts';
import { startListening } from './http/listen.ts';
import type { ListenChoice, Listening } from './http/listen.ts';
import { rateLimit } from './http/rate-limit.ts';
import { actingAs } from './identity/acting-as.ts';
import type { ActAs } from './identity/acting-as.ts';
import type { AlertSource } from './identity/alert-source.ts';
import { identifier } from './identity/identify.ts';
import { mayDo } from './identity/person-actor.ts';
import { usedAssertions } from './identity/used-assertions.ts';
import type { TrustedIssuer } from './identity/assertion.ts';
import type { Log } from '@autodevops/domain/log-line';
import { createMetrics } from './observing/metrics.ts';
import { openApiDocument } from './openapi/document.ts';
import { assistantsOverHttp } from './mcp/over-http.ts';
import { propose } from '@autodevops/agent-core/changes/propose';
import type { ProposalDesk } from '@autodevops/agent-core/changes/propose';
import { simulate } from '@autodevops/agent-core/changes/simulate';
import { tracedObjects, tracedReader, tracedStore } from './tracing/traced-parts.ts';
import type { Tracing } from './tracing/tracing.ts';
import { startAnnotating } from './services/changes/annotating.ts';
import { warmUp } from './services/cluster/warming.ts';
import { startAutomations } from './services/changes/automating.ts';
import { startIncidents } from './services/incidents/responding.ts';
import type { IncidentChoice, RespondingChoice } from './services/incidents/responding.ts';
import { clusterAlone } from './services/cluster/cluster-alone.ts';
import { startCheckpoints } from './services/changes/checkpoints.ts';
import type { CheckpointChoice } from './services/changes/checkpoints.ts';
import { deciding } from './services/changes/deciding.ts';
import type { DecidingChoice } from './services/changes/deciding.ts';
import { startExecutor } from './services/changes/executor.ts';
import { startPruning } from './services/pruning.ts';
import type { Retention } from './services/pruning.ts';
import { handlersOf } from './services/handlers.ts';
import type { HandlerChoice } from './services/handlers.ts';
import { longestStaleness } from './services/cluster/warm-reader.ts';
import { liveFindings } from './services/cluster/live-findings.ts';
import type { Watching } from './services/cluster/watching.ts';

/** What an agent is made of; `compose.ts` chooses it, tests make their own. */
export interface AgentParts {
  readonly version: string;
  readonly mode: 'local' | 'cloud';
  readonly customer: string;
  readonly clusterName: string;
  readonly policy: Policy;
  /** Asked beside it; what it would say is kept and changes nothing. */
  readonly policyOnTrial?: Policy;
  /** Name of the environment that the whole cluster is; empty: patterns of the policy say. */
  readonly environment: string;
  /** Whose user of the API server acts for a change. */
  readonly actAs: ActAs;
  /** How long a proposal waits for its yes, in milliseconds. */
  readonly approvalLasts: number;
  /** What the agent itself stands on, as it is now. */
  readonly self: () => Promise<Self>;
  readonly store: Store;
  readonly cluster: ClusterObjects;
  readonly watching: Watching;
  readonly images?: NodeImages;
  readonly git?: GitChanges;
  readonly releases?: HelmReleases;
  /** Monitoring: what answers are enriched from, to whom silences are told, where changes are noted. */
  readonly signals?: { readonly sources: SignalSources; readonly alerts?: Alerts; readonly panels?: Panels; readonly dashboards?: readonly Dashboard[]; readonly close: () => void };
  readonly clock: Clock;
  readonly digest: Digest;
  readonly newId: (length: number) => string;
  /** Tells this process from others on the same store. */
  readonly holder: string;
  /** Whoever can reach a local agent's socket; undefined where everybody shows who he is. */
  readonly localUser: string | undefined;
  readonly issuers: readonly TrustedIssuer[];
  /** Whether other assistants are served at `/mcp`, beside every other door. */
  readonly mcpOverHttp: boolean;
  /** In days: how long what may go is kept. */
  readonly retention: Retention;
  /** What becomes an incident, who is told, and by which tokens monitoring tells of alerts. */
  readonly incidents: IncidentChoice & { readonly alertSources: () => Promise<readonly AlertSource[]> };
  /** Signs and keeps the head of the audit log in a second place; absent: nowhere. */
  readonly checkpoints?: Pick<CheckpointChoice, 'every' | 'sign' | 'append'>;
  readonly log: Log;
  /** Hears where time goes; absent: nobody does. */
  readonly tracer?: Tracing;
  readonly pace?: Pace;
}

/** A running agent: the same over a socket and inside of this process. */
export interface Agent {
  /** Answers a request without any network. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly listen: (choice: ListenChoice) => Promise<Listening>;
  /** Lets what runs end, at most ten seconds, then closes everything it was given. */
  readonly close: () => Promise<void>;
}

const endWithin = 10_000;
/** No request takes longer, in milliseconds. */
const longest = 120_000;
const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

function jamie(customer: string): Actor {
  return { kind: 'agent', account: `jamie:${customer}`, person: '', name: 'Jamie', roles: [], surface: 'agent' };
}

function scarlet(customer: string): Actor {
  return { kind: 'agent', account: `agent:${customer}`, person: '', name: 'Scarlet', roles: [], surface: 'agent' };
}

function deskOf(parts: AgentParts, deciders: DecidingChoice): Omit<ExecutionDesk, 'stopped'> & Pick<HandlerChoice['desk'], 'newId' | 'lifetime'> {
  const { store, clock, digest, holder, cluster, images, git, watching } = parts;
  const identity = actingAs(parts.actAs, store.people);
  const look: ExecutionDesk['diagnose'] = async (scope, { signal }) => {
    const namespaces = namespacesToRead(scope);
    return await diagnose(watching.look, namespaces.length === 0 ? {} : { namespaces }, { signal });
  };
  return {
    store, clock, digest, holder,
    decide: deciding(deciders),
    agent: scarlet(parts.customer),
    ...(parts.tracer === undefined ? {} : { tracer: parts.tracer }),
    ground: { cluster, planner: withUndo({ plan: planAction, verify: verifyAction }, store.changes, look), ...(images === undefined ? {} : { images }), ...(git === undefined ? {} : { git }), ...(parts.releases === undefined ? {} : { releases: parts.releases }), ...(parts.signals?.alerts === undefined ? {} : { alerts: parts.signals.alerts }) },
    diagnose: look,
    ...(identity === undefined ? {} : { identity }),
    rules: { mode: parts.mode, ownYes: true },
    underWay: new Set(),
    pace: parts.pace ?? usualPace,
    newId: () => `chg-${parts.newId(12)}`,
    lifetime: parts.approvalLasts,
  };
}

/** What is held of the cluster in memory; it is not needed to be well, because the cluster itself can be asked. */
function memoryHealth(age: number | undefined): readonly { name: string; well: boolean; says: string }[] {
  if (age === undefined) return [];
  if (!Number.isFinite(age)) return [{ name: 'memory of the cluster', well: false, says: 'is being filled' }];
  return [{ name: 'memory of the cluster', well: age <= longestStaleness, says: `in step ${Math.round(age / 1000)} s ago` }];
}

async function healthOf({ version, store, cluster, watching }: AgentParts, signal: AbortSignal): Promise<Awaited<ReturnType<HandlerChoice['health']>>> {
  const check = async (name: string, look: () => Promise<unknown>): Promise<{ name: string; well: boolean; says: string }> =>
    await look().then(() => ({ name, well: true, says: 'answers' }), (error: unknown) => ({ name, well: false, says: error instanceof Error ? error.message : 'does not answer' }));
  const parts = await Promise.all([
    check('store', () => store.audit.head()),
    check('cluster', () => cluster.get({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'default' }, { signal })),
  ]);
  return { version, ready: parts.every(({ well }) => well), parts: [...parts, ...memoryHealth(watching.age())] };
}

/** How Scarlet proposes for an incident: as for anybody else, and first without keeping it. */
function fixing(desk: ProposalDesk): RespondingChoice['fixing'] {
  return {
    scarlet: desk.agent,
    rehearse: async ({ requests, requester, reason, signal }) => {
      const now = desk.clock.now();
      const { actions, facts } = await simulate({ requests, from: requester.kind, changeId: 'chg-rehearsal', moment: now, now, signal }, desk.ground);
      return await desk.decide({ actions, facts, requester, reason }, '');
    },
    propose: async (proposal) => await propose({ ...proposal, direct: false }, desk),
  };
}

function shownOf({ signals }: AgentParts): HandlerChoice['shown'] {
  const { panels, dashboards = [] } = signals ?? {};
  return panels === undefined || dashboards.length === 0 ? undefined : { panels, dashboards };
}

/** At the level `observe` nothing is proposed that nobody asked for. */
function whereProposed({ incidents: { fixes, ...incidents }, policy }: AgentParts): IncidentChoice {
  return fixes === undefined || policy.autonomy === undefined || policy.autonomy === 'observe' ? incidents : { ...incidents, fixes };
}

interface Assembled {
  readonly app: ReturnType<typeof createApp>;
  /** Ends what runs beside the requests. */
  readonly stop: () => Promise<void>;
  readonly end: () => void;
  readonly ending: AbortSignal;
}

async function assemble(parts: AgentParts): Promise<Assembled> {
  const { store, clock, log } = parts;
  const now = (): number => clock.now();
  const metrics = createMetrics();
  const deciders: DecidingChoice = { store, inForce: policyInForce(parts.policy, parts.digest), ...(parts.policyOnTrial === undefined ? {} : { onTrial: policyInForce(parts.policyOnTrial, parts.digest) }), mode: parts.mode, environment: parts.environment, self: parts.self, now };
  const desk = deskOf(parts, deciders);
  const annotating = parts.signals?.panels === undefined ? undefined : startAnnotating({ panels: parts.signals.panels, now, log: (message, fields) => log({ level: 'info', message, fields }) });
  const executor = await startExecutor({
    desk, outbox: store.outbox,
    log: (message, fields) => {
      const { id = '', state, says = '' } = fields;
      if (state !== undefined) metrics.changeEnded(state);
      if (state !== undefined) annotating?.note({ id, state, says });
      log({ level: 'info', message, fields });
    },
  });
  const automations = startAutomations({
    store, clock, holder: parts.holder, agent: desk.agent, level: parts.policy.autonomy ?? 'observe',
    propose: async (proposal) => await propose({ ...proposal, direct: false, signal: AbortSignal.timeout(longest) }, desk),
    diagnose: async (signal) => await diagnose(clusterAlone(parts.watching.reader), {}, { signal }),
    log: (message, fields) => log({ level: 'info', message, fields }),
  });
  const checkpoints = parts.checkpoints === undefined ? undefined : startCheckpoints({ ...parts.checkpoints, audit: store.audit, clock, log: (message, fields) => log({ level: 'error', message, fields }) });
  const pruning = startPruning({ store, clock, retention: parts.retention, log: (message, fields) => log({ level: 'info', message, fields }) });
  const live = liveFindings({ watching: parts.watching, clock });
  const incidents = startIncidents({
    ...whereProposed(parts), store, clock, digest: parts.digest, holder: parts.holder, newId: () => `inc-${parts.newId(12)}`, jamie: jamie(parts.customer), reader: parts.watching.reader,
    fixing: fixing(desk),
    log: (message, fields) => log({ level: 'info', message, fields }),
  });
  const ending = new AbortController();
  const used = usedAssertions({ spent: store.spent, now, wait: async (milliseconds) => await clock.wait(milliseconds, ending.signal).catch(() => undefined) });
  const handlers = handlersOf({
    incidents, shown: shownOf(parts), store, desk, deciding: deciders, executor, watching: parts.watching, live, rules: desk.rules,
    cluster: { name: parts.clusterName, mode: parts.mode, ...(parts.policy.autonomy === undefined ? {} : { autonomy: parts.policy.autonomy }) },
    health: async () => await healthOf(parts, AbortSignal.timeout(5000)),
  });
  const assistants = parts.mcpOverHttp ? assistantsOverHttp({ version: parts.version, clock, newId: parts.newId, longest, fetch: async (request, way) => await app.fetch(request, way) }) : undefined;
  const app = createApp({
    handlers, mayDo, now, log,
    deny: async (error, actor, right) => await deny(error, { code: 'DNY001', actor, subject: right, details: {} }, { store, clock }),
    ...(assistants === undefined ? {} : { mcp: assistants.answer }),
    identify: identifier({ people: store.people, settings: store.settings, localUser: parts.localUser, alertSources: parts.incidents.alertSources, issuers: parts.issuers, audience: parts.customer, used, now }),
    hosts: parts.mode === 'local' ? loopbackNames : [],
    limit: rateLimit({ perSecond: 20, burst: 100 }),
    alertLimit: rateLimit({ perSecond: 500, burst: 1000 }),
    newReference: () => parts.newId(8),
    observe: metrics.observe,
    ...(parts.tracer === undefined ? {} : { tracer: parts.tracer }),
    longest,
    openapi: () => openApiDocument(parts.version),
    metrics: async () => {
      metrics.auditHead((await store.audit.head()).sequence);
      return await metrics.text();
    },
    ending: ending.signal,
  });
  const stop = async (): Promise<void> => {
    await Promise.all([executor.close(), automations.close(), live.close(), pruning.close(), incidents.close(), assistants?.close()]);
    await Promise.all([checkpoints?.close(), annotating?.close(), used.close()]);
  };
  return { app, stop, end: () => ending.abort(), ending: ending.signal };
}

/**
 * Questions are answered with what monitoring says. What has to be quick (the findings that are followed) or the same
 * before and after (how a change is verified, causes that are watched, automations) is not.
 */
function measured(parts: AgentParts): AgentParts {
  const { signals, watching } = parts;
  return signals === undefined ? parts : { ...parts, watching: { ...watching, reader: { ...watching.reader, signals: signals.sources } } };
}

/** The same parts, each telling the tracer what it does. */
function told(parts: AgentParts): AgentParts {
  const { tracer, store, cluster, watching } = parts;
  if (tracer === undefined) return parts;
  return { ...parts, store: tracedStore(store, tracer), cluster: tracedObjects(cluster, tracer), watching: { ...watching, reader: tracedReader(watching.reader, tracer), memory: tracedReader(watching.memory, tracer), look: tracedReader(watching.look, tracer) } };
}

/** Starts an agent: takes up what an earlier one left, and answers from then on. */
export async function startAgent(given: AgentParts): Promise<Agent> {
  const parts = told(measured(given));
  const { app, stop, end, ending } = await assemble(parts);
  const listening: Listening[] = [];
  let warming: Promise<void> | undefined;
  const ready = async (): Promise<void> => {
    const sources = await parts.incidents.alertSources();
    if (sources.length > 0) await warmUp({ watching: parts.watching, clock: parts.clock, log: (message, fields) => parts.log({ level: 'info', message, fields }) }, ending);
  };
  return {
    fetch: async (request) => await app.fetch(request),
    listen: async (choice) => {
      const way: Way = { overNetwork: choice.kind === 'tcp' };
      const heard = await startListening(choice, getRequestListener(async (request) => await app.fetch(request, way), { overrideGlobalObjects: false }));
      listening.push(heard);
      parts.watching.stay();
      warming ??= ready();
      parts.log({ level: 'info', message: 'listening', fields: { address: heard.address, cluster: parts.clusterName, version: parts.version } });
      return heard;
    },
    close: async () => {
      end();
      await Promise.all(listening.map((one) => one.close(endWithin)));
      await Promise.all([stop(), warming]);
      await Promise.all([parts.cluster.close(), parts.watching.close()]);
      parts.signals?.close();
      await parts.store.close();
      await parts.tracer?.close();
    },
  };
}
