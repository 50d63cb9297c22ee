import { setTimeout } from 'node:timers/promises';
import { browserPages } from './browsing/browser-pages.ts';
import { slackClock } from './clock/slack-clock.ts';
import type { SlackClockOptions } from './clock/slack-clock.ts';
import { deliveries } from './delivering/deliveries.ts';
import { eventBudget } from './delivering/event-budget.ts';
import type { EventBudgetOptions } from './delivering/event-budget.ts';
import { responseUrls } from './delivering/response-urls.ts';
import { triggers } from './delivering/triggers.ts';
import { faultScript } from './faults/fault-script.ts';
import { authorisationCodes } from './oauth/authorisation-codes.ts';
import { answerAuthorisePage } from './oauth/authorise-page.ts';
import { answerDownload, answerUpload } from './server/answer-upload.ts';
import { callLog } from './server/call-log.ts';
import { listen } from './server/http-server.ts';
import { rateLimits } from './server/rate-limits.ts';
import type { RateLimitOptions } from './server/rate-limits.ts';
import type { SlackStandIn } from './slack-stand-in.ts';
import { connections } from './socket-mode/connections.ts';
import { standIn } from './stand-in.ts';
import { emptyState } from './state/slack-state.ts';
import type { World } from './world.ts';

export interface SlackOptions {
  /** 0, as if not given: any that is free. */
  readonly port?: number;
  /** `frozen` for tests of limits and retries; else it runs and may still be advanced. */
  readonly clock?: SlackClockOptions;
  readonly limits?: RateLimitOptions;
  readonly events?: EventBudgetOptions;
  /** Milliseconds since 1970 that requests to apps are signed at; the machine's clock if not given. */
  readonly signingTime?: () => number;
  /** How interactions of people of another company name their workspace; both are said to occur. `installation` if not given. */
  readonly strangersTeam?: 'home' | 'installation';
  /** Milliseconds that an uploaded file is processed for; 1,000 if not given. */
  readonly fileDelay?: number;
}

/** Milliseconds that time waits for apps to answer while it is advanced: what answers at all does so within them, what does not shall not hold it up. */
const patience = 250;

/** Starts a Slack of one's own on loopback. Close it when done. */
export async function startSlack(options: SlackOptions = {}): Promise<SlackStandIn> {
  const clock = slackClock(options.clock, () =>
    Promise.race([world.deliveries.quiet(), setTimeout(patience, undefined, { ref: false })]),
  );
  const state = emptyState(clock.now);
  const secret = (): string => state.ids.secret();
  const faults = faultScript();
  const sockets = connections(clock, secret);
  const budget = eventBudget(clock.now, options.events);
  const signingTime = options.signingTime ?? Date.now;
  let address = '';
  const base = (): string => address;
  const world: World = {
    clock,
    state,
    calls: callLog(),
    faults,
    limits: rateLimits(clock.now, options.limits),
    triggers: triggers(clock, secret),
    responseUrls: responseUrls(clock, base, secret),
    deliveries: deliveries({
      clock,
      faults,
      connections: sockets,
      budget,
      signingTime: () => Math.floor(signingTime() / 1000),
    }),
    eventBudget: budget,
    connections: sockets,
    codes: authorisationCodes(clock, secret),
    base,
    fileDelay: options.fileDelay ?? 1000,
  };
  const strangersTeam = options.strangersTeam ?? 'installation';
  const pages = [
    answerUpload,
    answerDownload,
    answerAuthorisePage,
    browserPages((own, user) => ({ world: own, user, strangersTeam })),
  ];
  const server = await listen(() => world, pages, options.port);
  address = server.base;
  const close = async (): Promise<void> => {
    clock.close();
    sockets.close();
    await world.deliveries.close();
    await server.close();
  };
  return standIn(world, { strangersTeam, close });
}
