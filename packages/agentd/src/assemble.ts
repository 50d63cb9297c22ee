import { deny } from '@autodevops/agent-core/changes/approving/denial';
import { propose } from '@autodevops/agent-core/changes/approving/propose';
import { diagnose } from '@autodevops/agent-core/jamie';
import { policyInForce } from '@autodevops/agent-core/policy/policy-version';
import { healthOf } from './agent-health.ts';
import type { AgentParts } from './agent-parts.ts';
import { deskOf, fixing, jamie } from './change-desk.ts';
import { createApp } from './http/app.ts';
import { rateLimit } from './http/rate-limit.ts';
import { identifier } from './identity/identify.ts';
import { mayDo } from './identity/person-actor.ts';
import { usedAssertions } from './identity/used-assertions.ts';
import { assistantsOverHttp } from './mcp/over-http.ts';
import { createMetrics } from './observing/metrics.ts';
import { openApiDocument } from './openapi/document.ts';
import { startAnnotating } from './services/changes/annotating.ts';
import { startAutomations } from './services/changes/automating.ts';
import { startCheckpoints } from './services/changes/checkpoints.ts';
import type { DecidingChoice } from './services/changes/deciding.ts';
import { startExecutor } from './services/changes/executor.ts';
import { outboxNews, tellingStore } from './services/changes/outbox-news.ts';
import { clusterAlone } from './services/cluster/cluster-alone.ts';
import { liveFindings } from './services/cluster/live-findings.ts';
import { handlersOf } from './services/handlers.ts';
import type { HandlerChoice } from './services/handlers.ts';
import { startIncidents } from './services/incidents/responding.ts';
import type { IncidentChoice } from './services/incidents/responding.ts';
import { startPruning } from './services/pruning.ts';
import { startTimekeeping } from './services/timekeeping.ts';

/** No request takes longer, in milliseconds. */
const longest = 120_000;
const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

function shownOf({ signals }: AgentParts): HandlerChoice['shown'] {
  const { panels, dashboards = [] } = signals ?? {};
  return panels === undefined || dashboards.length === 0 ? undefined : { panels, dashboards };
}

/** At the level `observe` nothing is proposed that nobody asked for. */
function whereProposed({ incidents: { fixes, ...incidents }, policy }: AgentParts): IncidentChoice {
  return fixes === undefined || policy.autonomy === undefined || policy.autonomy === 'observe'
    ? incidents
    : { ...incidents, fixes };
}

/** What answers, and what runs beside the answers. */
export interface Assembled {
  readonly app: ReturnType<typeof createApp>;
  /** Ends what runs beside the requests. */
  readonly stop: () => Promise<void>;
  readonly end: () => void;
  readonly ending: AbortSignal;
}

/** What runs beside the requests: it executes, repeats, watches, prunes and signs until it is stopped. */
async function startBeside(parts: AgentParts, desk: ReturnType<typeof deskOf>, changeEnded: (state: string) => void) {
  const { store, clock, holder, watching, signals } = parts;
  const log = (message: string, fields: Readonly<Record<string, string | number>>): void =>
    parts.log({ level: 'info', message, fields });
  const annotating =
    signals?.panels === undefined
      ? undefined
      : startAnnotating({ panels: signals.panels, now: () => clock.now(), log });
  const timekeeping = await startTimekeeping({ settings: store.settings, machine: parts.machineClock, clock, log });
  const executor = await startExecutor({
    desk,
    outbox: store.outbox,
    log: (message, fields) => {
      const { id = '', state, says = '' } = fields;
      if (state !== undefined) changeEnded(state);
      if (state !== undefined) annotating?.note({ id, state, says });
      log(message, fields);
    },
  });
  const automations = startAutomations({
    store,
    clock,
    holder,
    agent: desk.agent,
    level: parts.policy.autonomy ?? 'observe',
    log,
    propose: async (proposal) =>
      await propose({ ...proposal, direct: false, signal: AbortSignal.timeout(longest) }, desk),
    diagnose: async (signal) => await diagnose(clusterAlone(watching.reader), {}, { signal }),
  });
  const checkpoints =
    parts.checkpoints === undefined
      ? undefined
      : startCheckpoints({
          ...parts.checkpoints,
          audit: store.audit,
          clock,
          log: (message, fields) => parts.log({ level: 'error', message, fields }),
        });
  const pruning = startPruning({ store, clock, retention: parts.retention, log });
  const live = liveFindings({ watching, clock });
  const incidents = startIncidents({
    ...whereProposed(parts),
    store,
    clock,
    digest: parts.digest,
    holder,
    newId: () => `inc-${parts.newId(12)}`,
    jamie: jamie(parts.customer),
    reader: watching.reader,
    news: watching,
    fixing: fixing(desk),
    log,
  });
  const stop = async (): Promise<void> => {
    await Promise.all([executor.close(), automations.close(), live.close(), pruning.close(), incidents.close()]);
    await Promise.all([checkpoints?.close(), annotating?.close(), timekeeping.close()]);
  };
  return { executor, live, incidents, stop };
}

/** Puts the parts together; nothing listens yet. */
export async function assemble(given: AgentParts): Promise<Assembled> {
  const { clock, log } = given;
  const news = outboxNews(async (milliseconds, signal) => await clock.wait(milliseconds, signal));
  const store = tellingStore(given.store, news.written);
  const parts = { ...given, store };
  const now = (): number => clock.now();
  const metrics = createMetrics();
  const deciders: DecidingChoice = {
    store,
    inForce: policyInForce(parts.policy, parts.digest),
    ...(parts.policyOnTrial === undefined ? {} : { onTrial: policyInForce(parts.policyOnTrial, parts.digest) }),
    mode: parts.mode,
    environment: parts.environment,
    self: parts.self,
    clock,
  };
  const desk = deskOf(parts, deciders);
  const { executor, live, incidents, stop } = await startBeside(parts, desk, metrics.changeEnded);
  const ending = new AbortController();
  const used = usedAssertions({
    spent: store.spent,
    now,
    wait: async (milliseconds) => await clock.wait(milliseconds, ending.signal).catch(() => undefined),
  });
  const handlers = handlersOf({
    incidents,
    shown: shownOf(parts),
    store,
    news,
    desk,
    deciding: deciders,
    executor,
    watching: parts.watching,
    live,
    rules: desk.rules,
    cluster: {
      name: parts.clusterName,
      mode: parts.mode,
      ...(parts.policy.autonomy === undefined ? {} : { autonomy: parts.policy.autonomy }),
    },
    health: async () => await healthOf(parts, AbortSignal.timeout(5000)),
  });
  const assistants = parts.mcpOverHttp
    ? assistantsOverHttp({
        version: parts.version,
        clock,
        newId: parts.newId,
        longest,
        fetch: async (request, way) => await app.fetch(request, way),
      })
    : undefined;
  const app = createApp({
    handlers,
    mayDo,
    now,
    log,
    deny: async (error, actor, right) =>
      await deny(error, { code: 'DNY001', actor, subject: right, details: {} }, { store, clock }),
    ...(assistants === undefined ? {} : { mcp: assistants.answer }),
    identify: identifier({
      people: store.people,
      settings: store.settings,
      localUser: parts.localUser,
      alertSources: parts.incidents.alertSources,
      issuers: parts.issuers,
      audience: parts.customer,
      used,
      now,
    }),
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
  return {
    app,
    stop: async () => {
      await Promise.all([stop(), assistants?.close()]);
      await used.close();
    },
    end: () => ending.abort(),
    ending: ending.signal,
  };
}
