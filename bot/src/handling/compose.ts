import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { BotChoice } from '../bot-choice.ts';
import type { Secrets } from '../configuration/secret-source.ts';
import { agentWay } from '../customers/agent-way.ts';
import { customersOf } from '../customers/customers.ts';
import type { Customers } from '../customers/customers.ts';
import { pictureDrawer } from '../drawing/draw-picture.ts';
import type { Log } from '../observing/log.ts';
import type { BotMetrics } from '../observing/metrics.ts';
import { arrivalLimiter, personLimit, workspaceLimit } from '../receiving/arrival-limit.ts';
import { intake } from '../receiving/intake.ts';
import type { Intake } from '../receiving/intake.ts';
import type { SlackWorkspaces } from '../slack/slack-workspaces.ts';
import { machineClock } from '../waiting/clock.ts';
import type { Registry } from './registry.ts';
import { tellFailure } from './tell-failure.ts';
import { startWorker } from './worker.ts';
import { workOnEvent } from './work-on-event.ts';

export interface HandlingParts {
  readonly choice: Pick<BotChoice, 'configuration' | 'folder'>;
  readonly secrets: Secrets;
  readonly store: BotStore;
  readonly log: Log;
  readonly metrics: BotMetrics;
  readonly registry: Registry;
  readonly holder: string;
  readonly slack: SlackWorkspaces;
}

export interface Handling {
  readonly intake: Intake;
  readonly customers: Customers;
  readonly stop: (milliseconds: number) => Promise<void>;
}

const { now, wait } = machineClock;

/** Milliseconds of Slack's three seconds that keeping may take. */
const patience = 2000;

/** Names that Slack sends are labels only where they are known here. */
function bounded({ find, findWorkspaceEvent }: Registry, metrics: BotMetrics): BotMetrics['handled'] {
  return (name, outcome, milliseconds) =>
    metrics.handled(
      find(name) === undefined && findWorkspaceEvent(name) === undefined ? 'other' : name,
      outcome,
      milliseconds,
    );
}

/** Takes what Slack sends and works on it. */
export function startHandling({
  choice: { configuration, folder },
  secrets,
  store,
  log,
  metrics,
  registry,
  holder,
  slack,
}: HandlingParts): Handling {
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
