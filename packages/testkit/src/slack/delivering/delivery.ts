import type { SlackApp } from '../state/apps.ts';

/** What an app is sent: of the Events API, of a slash command, of a button, form or shortcut, of a menu that asks for options. */
export type DeliveryKind = 'event' | 'command' | 'interaction' | 'options';

export interface Delivery {
  readonly app: SlackApp;
  readonly kind: DeliveryKind;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The command's address in the manifest, where an app has no address for all. */
  readonly url?: string;
}

/** Why Slack says that it sends something again. https://docs.slack.dev/apis/events-api#retries */
export type RetryReason =
  | 'http_timeout'
  | 'too_many_redirects'
  | 'connection_failed'
  | 'ssl_error'
  | 'http_error'
  | 'unknown_error';

export interface Retry {
  readonly number: number;
  readonly reason: RetryReason;
}

/** What came of one attempt. `answer`: what the app said in acknowledging; undefined: nothing. */
export type Outcome =
  | { readonly isAcknowledged: true; readonly status: number; readonly answer: unknown }
  | {
      readonly isAcknowledged: false;
      readonly status: number;
      readonly reason: RetryReason;
      readonly mayRetry: boolean;
    };

/** One attempt, for tests to look at. */
export interface LoggedDelivery {
  /** Milliseconds since 1970, by the stand-in's clock. */
  readonly at: number;
  readonly app: string;
  readonly kind: DeliveryKind;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly retry?: Retry;
  readonly via: 'http' | 'socket';
  outcome?: Outcome;
}

/** Slack waits this long to be told that something arrived. */
export const acknowledgementMilliseconds = 3000;
