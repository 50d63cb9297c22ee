import type { Outcome } from '../delivering/delivery.ts';

/** What a person is shown at once for what was done, beside what the app sends on its own. */
export interface Reaction {
  readonly isAcknowledged: boolean;
  /** Slack's own words where the app did not answer as it has to; empty: nothing to see. */
  readonly problem: string;
  /** By block, what a form's app said against it. */
  readonly errors: Readonly<Record<string, string>>;
}

export const nothingToSee: Reaction = { isAcknowledged: true, problem: '', errors: {} };

export function trouble(problem: string): Reaction {
  return { isAcknowledged: false, problem, errors: {} };
}

/** What stands beside a command that failed. https://docs.slack.dev/interactivity/implementing-slash-commands */
export function commandTrouble(command: string, outcome: Outcome): Reaction {
  if (outcome.isAcknowledged) return nothingToSee;
  const code =
    outcome.reason === 'http_timeout'
      ? 'operation_timeout'
      : outcome.reason === 'http_error'
        ? `http_service_error`
        : 'dispatch_unknown_error';
  return trouble(`${command} failed with the error "${code}"`);
}
