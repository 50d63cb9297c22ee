import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Paging } from '@autodevops/domain/ports/paging';
import { callPagerDuty, PagerDutyStatus } from './pagerduty-call.ts';
import type { PagerDutyAccess } from './pagerduty-call.ts';

export interface PagerDutyIncidentsChoice extends PagerDutyAccess {
  /** E-mail address of the user there in whose name it is said. */
  readonly from: string;
}

function failure(error: unknown): AutoDevOpsError {
  if (!(error instanceof PagerDutyStatus)) {
    return new AutoDevOpsError(
      'signals.no-answer',
      'PagerDuty does not answer as it should.',
      'See whether this agent reaches its API.',
      { cause: error },
    );
  }
  const { status, message } = error;
  if (status === 401 || status === 403) {
    return new AutoDevOpsError(
      'signals.unauthorized',
      `PagerDuty refuses it: ${message}.`,
      'Its token has to be one that may write incidents, and `from` a user there.',
      { cause: error },
    );
  }
  if (status === 429) {
    return new AutoDevOpsError('signals.busy', 'PagerDuty has too much to do.', 'Wait a moment.', { cause: error });
  }
  if (status >= 500) {
    return new AutoDevOpsError('signals.bad-answer', `PagerDuty cannot do it now: ${message}.`, 'Wait a moment.', {
      cause: error,
    });
  }
  return new AutoDevOpsError(
    'signals.refused',
    `PagerDuty refuses it: ${message}.`,
    'See whether its incident is still there, and `from` a user there.',
    { cause: error },
  );
}

/** Incidents of PagerDuty: https://developer.pagerduty.com/api-reference/8a0e1aa2ec666-update-an-incident */
export function pagerDutyIncidents({ from, ...access }: PagerDutyIncidentsChoice): Paging {
  return {
    name: 'PagerDuty',
    tell: async (incident, status, { signal }) => {
      try {
        await callPagerDuty(
          access,
          {
            method: 'PUT',
            path: `/incidents/${encodeURIComponent(incident)}`,
            headers: { from },
            body: { incident: { type: 'incident_reference', status } },
          },
          signal,
        );
      } catch (error) {
        if (signal.aborted) throw error;
        throw failure(error);
      }
    },
  };
}
