import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { BotStore, Lane } from '@autodevops/domain/ports/bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotApp, BotConfiguration } from './configuration/bot-configuration.ts';
import { rememberedSecrets } from './configuration/remembered-secrets.ts';
import { secretsOf } from './configuration/secret-source.ts';
import type { Secrets } from './configuration/secret-source.ts';
import { agentWay } from './customers/agent-way.ts';
import { customersOf } from './customers/customers.ts';
import { deliverMessage } from './delivery/deliver-message.ts';
import { startLane } from './delivery/lane-worker.ts';
import { ringing } from './delivery/ringing-store.ts';
import { pictureDrawer } from './drawing/draw-picture.ts';
import { Bell } from './waiting/bell.ts';
import { machineClock } from './waiting/clock.ts';
import { usualPace } from './following/following.ts';
import type { FollowPace } from './following/following.ts';
import { botRegistry } from './handling/handlers.ts';
import type { Registry } from './handling/registry.ts';
import { tellFailure } from './handling/tell-failure.ts';
import { startWorker } from './handling/worker.ts';
import { workOnEvent } from './handling/work-on-event.ts';
import { finishInstall, newInstallLink } from './installing/install-visits.ts';
import type { InstallChoice, Visit } from './installing/install-visits.ts';
import { oauthCalls } from './installing/oauth-calls.ts';
import type { OauthClient } from './installing/oauth-calls.ts';
import { keepOwnApps, ownerOfToken } from './installing/own-apps.ts';
import { sealingKeyOf, sealingWith } from './installing/sealing.ts';
import { tokenSource } from './installing/token-source.ts';
import { openBotStore } from './keeping/compose.ts';
import { keepHouse } from './keeping/housekeeping.ts';
import { appManifest } from './manifest/app-manifest.ts';
import { healthPages } from './observing/health-pages.ts';
import { botLog } from './observing/log.ts';
import type { Log } from './observing/log.ts';
import { createBotMetrics } from './observing/metrics.ts';
import type { BotMetrics } from './observing/metrics.ts';
import { slackLogger } from './observing/slack-logger.ts';
import { arrivalLimiter, personLimit, workspaceLimit } from './receiving/arrival-limit.ts';
import { startEdges } from './receiving/edges.ts';
import type { Edges } from './receiving/edges.ts';
import { startHttpEdge } from './receiving/http-edge.ts';
import type { Page } from './receiving/http-edge.ts';
import { intake } from './receiving/intake.ts';
import type { Intake } from './receiving/intake.ts';
import { slackWorkspaces } from './slack/slack-workspaces.ts';
import type { SlackWorkspaces } from './slack/slack-workspaces.ts';
import { followThreads } from './threads/follow-threads.ts';

export interface BotChoice {
  readonly configuration: BotConfiguration;
  /** What paths of the configuration are relative to. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly writeLog: (text: string) => void;
  /** A store that somebody opened already, in place of the configured one; it is not closed with the bot. */
  readonly openedStore?: BotStore;
  /** Other handlers than the bot's own, for tests. */
  readonly registry?: Registry;
  /** How agents are followed, if not as usual. */
  readonly pace?: FollowPace;
}

export interface RunningBot {
  /** Where Slack's events are taken; undefined in Socket Mode. */
  readonly port: number | undefined;
  /** Why it is not ready; undefined: it is. */
  readonly flaw: () => Promise<string | undefined>;
  /** Takes nothing new, ends what is at work within ten seconds, gives back the rest. */
  readonly stop: () => Promise<void>;
}

/** What the parts share. */
interface Parts {
  readonly choice: BotChoice;
  readonly secrets: Secrets;
  readonly store: BotStore;
  readonly log: Log;
  readonly metrics: BotMetrics;
  readonly registry: Registry;
  readonly holder: string;
  readonly slack: SlackWorkspaces;
  readonly installing: InstallChoice;
  readonly renewTokens: (signal: AbortSignal) => Promise<number>;
}

interface Stopping {
  readonly stop: () => Promise<void>;
}

const { now, wait } = machineClock;

/** Milliseconds of Slack's three seconds that keeping may take. */
const patience = 2000;
const lanes: readonly Lane[] = ['interactive', 'stream', 'incident'];

function appNamed(configuration: BotConfiguration, id: string): BotApp | undefined {
  return configuration.apps.find((app) => app.id === id);
}

async function composeInstalling(
  choice: BotChoice,
  secrets: Secrets,
  store: BotStore,
  log: Log,
): Promise<InstallChoice> {
  const { configuration } = choice;
  const keys = await Promise.all(
    configuration.sealing.map(async ({ id, key }) => sealingKeyOf(id, await secrets.read(key))),
  );
  const clientOf = async (id: string): Promise<OauthClient | undefined> => {
    const oauth = appNamed(configuration, id)?.oauth;
    return oauth === undefined
      ? undefined
      : { clientId: oauth.clientId, clientSecret: await secrets.read(oauth.clientSecret) };
  };
  const publicUrl =
    configuration.transport.kind === 'http' ? (configuration.transport.publicUrl ?? '').replace(/\/$/, '') : '';
  return {
    store,
    clientOf,
    sealing: sealingWith(keys),
    oauth: oauthCalls(configuration.slackApi, slackLogger(log)),
    slackApi: configuration.slackApi,
    redirectUri: (app) => `${publicUrl}/slack/${app}/installed`,
    now: () => new Date(),
    log: (message, fields) => log('info', message, fields),
  };
}

async function composeParts(choice: BotChoice, opened: BotStore, rings: readonly (() => void)[]): Promise<Parts> {
  const { configuration, folder, environment, writeLog } = choice;
  const log = botLog(configuration.logLevel, writeLog, now);
  const metrics = createBotMetrics();
  const secrets = rememberedSecrets(secretsOf(environment, folder), 30_000, now);
  const store = ringing(opened, () => {
    for (const ring of rings) ring();
  });
  const holder = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const installing = await composeInstalling(choice, secrets, store, log);
  const ownToken = async (id: string): Promise<string | undefined> => {
    const source = appNamed(configuration, id)?.botToken;
    return source === undefined ? undefined : await secrets.read(source);
  };
  const tokens = tokenSource({ ...installing, store, ownToken, holder, now, wait });
  const slack = slackWorkspaces({
    slackApi: configuration.slackApi,
    tokenOf: tokens.tokenOf,
    isDistributed: (id) => appNamed(configuration, id)?.oauth !== undefined,
    logger: slackLogger(log),
    observe: metrics.called,
    now,
    wait,
  });
  const basesOf = (name: string): readonly string[] =>
    configuration.customers.find((customer) => customer.name === name)?.links ?? [];
  return {
    choice,
    secrets,
    store,
    log,
    metrics,
    registry: choice.registry ?? botRegistry(basesOf),
    holder,
    slack,
    installing,
    renewTokens: tokens.renewAll,
  };
}

/** Names that Slack sends are labels only where they are known here. */
function bounded({ find, findWorkspaceEvent }: Registry, metrics: BotMetrics): BotMetrics['handled'] {
  return (name, outcome, milliseconds) =>
    metrics.handled(
      find(name) === undefined && findWorkspaceEvent(name) === undefined ? 'other' : name,
      outcome,
      milliseconds,
    );
}

function startHandling(parts: Parts): {
  readonly intake: Intake;
  readonly stop: (milliseconds: number) => Promise<void>;
} & {
  readonly customers: ReturnType<typeof customersOf>;
} {
  const {
    choice: { configuration, folder },
    secrets,
    store,
    log,
    metrics,
    registry,
    holder,
    slack,
  } = parts;
  const told = (message: string, fields: Readonly<Record<string, string>>): void => log('info', message, fields);
  const customers = customersOf({
    customers: configuration.customers,
    wayOf: async (customer) => await agentWay(customer, folder),
    secrets,
    now,
    wait,
  });
  const work = {
    registry,
    store,
    customers,
    draw: pictureDrawer(),
    slackOf: slack.of,
    forget: slack.forget,
    respond: slack.respond,
    now: () => new Date(),
    log: told,
  };
  const worker = startWorker({
    inbox: store.inbox,
    holder,
    now,
    wait,
    log: told,
    observe: bounded(registry, metrics),
    attempts: configuration.limits.attempts,
    deadline: configuration.limits.handlerSeconds * 1000,
    work: async (event, signal) => await workOnEvent(event, work, signal),
    tell: async (event, error) => await tellFailure(event, error, work),
  });
  const { perPersonAMinute, perWorkspaceAMinute } = configuration.limits;
  const taking = intake({
    inbox: store.inbox,
    registry,
    allow: arrivalLimiter(personLimit(perPersonAMinute), now),
    allowWorkspace: arrivalLimiter(workspaceLimit(perWorkspaceAMinute), now),
    now: () => new Date(),
    patience,
    holdFor: worker.holdFor,
    begin: worker.begin,
    count: metrics.received,
  });
  return { intake: taking, customers, stop: worker.stop };
}

function startDelivering({ store, slack, holder, log, metrics }: Parts, bells: ReadonlyMap<Lane, Bell>): Stopping {
  const told = (message: string, fields: Readonly<Record<string, string>>): void => log('info', message, fields);
  const choice = { store, slackOf: slack.of, holder, now, log: told };
  const workers = lanes.map((lane) =>
    startLane({
      lane,
      messages: store.messages,
      holder,
      bell: bells.get(lane) ?? new Bell(),
      clock: machineClock,
      observe: metrics.delivered,
      log: told,
      deliver: async (message, signal) => await deliverMessage(message, choice, signal),
    }),
  );
  return { stop: async () => void (await Promise.all(workers.map(async (worker) => await worker.stop(5000)))) };
}

function installPage({ installing }: Parts): Page {
  return async ({ method, url }) => {
    const [, app] = /^\/slack\/(A[A-Z0-9]{2,20})\/installed$/.exec(url.pathname) ?? [];
    return app === undefined || method !== 'GET' ? undefined : await finishInstall(app, url.searchParams, installing);
  };
}

async function startInside(
  {
    choice: {
      configuration: { inside, limits },
    },
  }: Parts,
  health: Page,
): Promise<Stopping> {
  if (inside === undefined) return { stop: async () => {} };
  return await startHttpEdge({
    ...inside,
    secrets: new Map(),
    intake: { take: async () => {} },
    bodyBytes: limits.bodyBytes,
    page: health,
    now,
    refused: () => {},
  });
}

/** Customers' own apps; what Slack does not answer now is tried until it does. */
async function startOwnApps(
  { choice: { configuration }, secrets, store, log }: Parts,
  signal: AbortSignal,
): Promise<void> {
  const own = configuration.apps.flatMap(({ id, customer, botToken }) =>
    customer === undefined || botToken === undefined ? [] : [{ id, customer, botToken }],
  );
  const ownerOf = async (id: string): ReturnType<typeof ownerOfToken> => {
    const source = own.find((app) => app.id === id)?.botToken;
    if (source === undefined) {
      throw new AutoDevOpsError('config.invalid', `The app ${id} has no token.`, 'Give botToken.');
    }
    return await ownerOfToken(await secrets.read(source), {
      slackApi: configuration.slackApi,
      logger: slackLogger(log),
    });
  };
  const keep = async (
    apps: readonly { readonly id: string; readonly customer: string }[],
  ): Promise<readonly string[]> =>
    await keepOwnApps({ apps, ownerOf, installations: store.installations, now: () => new Date() });
  const retry = async (left: readonly string[]): Promise<void> => {
    for (let again = left; again.length > 0 && !signal.aborted;) {
      log('info', 'Slack did not say whose tokens these are', { apps: again.join(' ') });
      await wait(15_000, signal);
      again = await keep(own.filter(({ id }) => again.includes(id))).catch((error: unknown) => {
        log('error', 'an app cannot be used', { why: error instanceof Error ? error.message : 'unknown' });
        return [];
      });
    }
  };
  void retry(await keep(own));
}

/** Whether the store answers; asked anew at each look. */
function readiness({ store }: Parts, edges: () => Edges | undefined): () => Promise<string | undefined> {
  return async () => {
    const current = edges();
    if (current === undefined) return 'it is starting';
    const late = new AbortController();
    const answered = await Promise.race([
      store.messages.backlog().then(
        () => true,
        () => false,
      ),
      wait(2000, late.signal).then(() => false),
    ]);
    late.abort();
    return answered ? current.flaw() : 'the store does not answer';
  };
}

/** Starts the bot. Throws what people have to correct: `config.invalid`, `store.*`. */
export async function startBot(choice: BotChoice): Promise<RunningBot> {
  const { configuration, folder, environment } = choice;
  const bells = new Map(lanes.map((lane) => [lane, new Bell()]));
  const opened = choice.openedStore ?? (await openBotStore(configuration, folder, secretsOf(environment, folder)));
  const parts = await composeParts(
    choice,
    opened,
    [...bells.values()].map((bell) => () => bell.ring()),
  );
  const ending = new AbortController();
  await startOwnApps(parts, ending.signal);
  const handling = startHandling(parts);
  const delivering = startDelivering(parts, bells);
  const told = (message: string, fields: Readonly<Record<string, string>>): void => parts.log('info', message, fields);
  const threads = followThreads({
    customers: configuration.customers,
    watcherOf: handling.customers.watcherOf,
    slackOf: parts.slack.of,
    store: parts.store,
    holder: parts.holder,
    clock: machineClock,
    pace: choice.pace ?? usualPace,
    log: told,
  });
  const house = keepHouse(
    {
      store: parts.store,
      customers: handling.customers.names,
      holder: parts.holder,
      keepDays: configuration.limits.keepDays,
      now,
      wait,
      backlog: parts.metrics.backlog,
      renewTokens: parts.renewTokens,
      log: told,
    },
    ending.signal,
  );
  let edges: Edges | undefined;
  const flaw = readiness(parts, () => edges);
  const inside = await startInside(parts, healthPages({ flaw, metrics: parts.metrics.text }));
  const health = healthPages({ flaw, metrics: undefined });
  const install = installPage(parts);
  edges = await startEdges({
    configuration,
    secrets: parts.secrets,
    intake: handling.intake,
    logger: slackLogger(parts.log),
    log: parts.log,
    connections: parts.metrics.connections,
    now,
    wait,
    page: async (request) => (await health(request)) ?? (await install(request)),
  });
  const started = edges;
  told('the bot runs', {
    apps: String(configuration.apps.length),
    customers: String(configuration.customers.length),
    transport: configuration.transport.kind,
  });
  return {
    port: started.port,
    flaw,
    stop: async () => {
      ending.abort();
      await started.stop();
      await Promise.all([threads.close(), handling.stop(10_000)]);
      await Promise.all([delivering.stop(), house, inside.stop()]);
      if (choice.openedStore === undefined) await opened.close();
    },
  };
}

/** A link by which an app is installed for a customer; nothing is started. Throws `config.invalid`, `store.*`. */
export async function installLinkFor(
  visit: Visit,
  choice: BotChoice,
): Promise<{ readonly url: string; readonly until: string }> {
  const { configuration, folder, environment } = choice;
  if (!configuration.customers.some(({ name }) => name === visit.customer)) {
    throw new AutoDevOpsError(
      'usage',
      `There is no customer ${visit.customer} in the configuration.`,
      'Name one of its customers.',
    );
  }
  if (appNamed(configuration, visit.app)?.oauth === undefined) {
    throw new AutoDevOpsError(
      'usage',
      `The app ${visit.app} is not one that is installed by OAuth.`,
      "Name an app that has `oauth` in the configuration; a customer's own app is installed in Slack itself.",
    );
  }
  const secrets = secretsOf(environment, folder);
  const store = choice.openedStore ?? (await openBotStore(configuration, folder, secrets));
  try {
    const installing = await composeInstalling(choice, secrets, store, () => {});
    const {
      oauth_config: { scopes },
    } = appManifest(
      botRegistry(() => []),
      {
        name: 'Auto-DevOps',
        unfurlDomains: configuration.customers.flatMap(({ links }) => links),
        isDistributed: true,
        readsEmail: configuration.customers.some(({ linkByEmail }) => linkByEmail !== undefined),
      },
    );
    return await newInstallLink(visit, scopes.bot, installing);
  } finally {
    if (choice.openedStore === undefined) await store.close();
  }
}
