import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { BotChoice } from './bot-choice.ts';
import { appNamed } from './configuration/app-named.ts';
import { rememberedSecrets } from './configuration/remembered-secrets.ts';
import { secretsOf } from './configuration/secret-source.ts';
import type { Secrets } from './configuration/secret-source.ts';
import { lanes, startDelivering } from './delivery/compose.ts';
import { ringing } from './delivery/ringing-store.ts';
import { Bell } from './waiting/bell.ts';
import { machineClock } from './waiting/clock.ts';
import { usualPace } from './following/following.ts';
import { startHandling } from './handling/compose.ts';
import { botRegistry } from './handling/handlers.ts';
import type { Registry } from './handling/registry.ts';
import { composeInstalling, installPage } from './installing/compose.ts';
import type { InstallChoice } from './installing/install-visits.ts';
import { startOwnApps } from './installing/start-own-apps.ts';
import { tokenSource } from './installing/token-source.ts';
import { openBotStore } from './keeping/compose.ts';
import { keepHouse } from './keeping/housekeeping.ts';
import { healthPages } from './observing/health-pages.ts';
import { botLog } from './observing/log.ts';
import type { Log } from './observing/log.ts';
import { createBotMetrics } from './observing/metrics.ts';
import type { BotMetrics } from './observing/metrics.ts';
import { readiness } from './observing/readiness.ts';
import { slackLogger } from './observing/slack-logger.ts';
import { startEdges } from './receiving/edges.ts';
import type { Edges } from './receiving/edges.ts';
import { startHttpEdge } from './receiving/http-edge.ts';
import type { Page } from './receiving/http-edge.ts';
import { slackWorkspaces } from './slack/slack-workspaces.ts';
import type { SlackWorkspaces } from './slack/slack-workspaces.ts';
import { followThreads } from './threads/follow-threads.ts';

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
  await startOwnApps(
    { configuration, secrets: parts.secrets, store: parts.store, log: parts.log, wait },
    ending.signal,
  );
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
  const flaw = readiness(parts.store, () => edges);
  const inside = await startInside(parts, healthPages({ flaw, metrics: parts.metrics.text }));
  const health = healthPages({ flaw, metrics: undefined });
  const install = installPage(parts.installing);
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
