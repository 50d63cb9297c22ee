import type { SlackClock } from './clock/slack-clock.ts';
import type { Deliveries } from './delivering/deliveries.ts';
import type { EventBudget } from './delivering/event-budget.ts';
import type { ResponseUrls } from './delivering/response-urls.ts';
import type { Triggers } from './delivering/triggers.ts';
import type { FaultScript } from './faults/fault-script.ts';
import type { AuthorisationCodes } from './oauth/authorisation-codes.ts';
import type { CallLog } from './server/call-log.ts';
import type { RateLimits } from './server/rate-limits.ts';
import type { Connections } from './socket-mode/connections.ts';
import type { SlackState } from './state/slack-state.ts';

/** The parts of one stand-in that its methods and people work with. */
export interface World {
  readonly clock: SlackClock;
  readonly state: SlackState;
  readonly calls: CallLog;
  readonly faults: FaultScript;
  readonly limits: RateLimits;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly deliveries: Deliveries;
  readonly eventBudget: EventBudget;
  readonly connections: Connections;
  readonly codes: AuthorisationCodes;
  /** `http://127.0.0.1:PORT`; known once it listens. */
  readonly base: () => string;
  /** Milliseconds that a file is processed for after its upload was completed. */
  readonly fileDelay: number;
}
