import type { Incident } from '@autodevops/domain/incident/incident';
import type { PagedStatus } from '@autodevops/domain/ports/paging';

/** Something that PagerDuty does not know of one of its incidents yet. */
export interface PagedWord {
  /** Id there. */
  readonly paged: string;
  readonly status: PagedStatus;
  /** Names it: the same word is said once. */
  readonly call: string;
  /** Since when it is so; ISO 8601. */
  readonly since: string;
  /** As the end of a sentence: `Ann took it up`. */
  readonly says: string;
}

const prefix = 'pagerduty ';
export const pagerDutyAccount = 'pagerduty:';

/** Ids of its incidents that it still takes for open; one whose end it told itself knows more than we do. */
function openThere({ groupKeys, alerts }: Incident): readonly string[] {
  const firing = new Set(alerts.filter(({ state }) => state === 'firing').map(({ fingerprint }) => fingerprint));
  return groupKeys
    .filter((key) => key.startsWith(prefix) && firing.has(key))
    .map((key) => key.slice(prefix.length))
    .filter((id) => /^[A-Z0-9]{1,40}$/i.test(id));
}

function statusOf({ state, acknowledged, resolvedAt }: Incident): Omit<PagedWord, 'paged' | 'call'> | undefined {
  if (state === 'resolved' || state === 'reviewed') {
    return { status: 'resolved', since: resolvedAt, says: 'it is over' };
  }
  // What it said itself is no news there: that would go round for ever.
  if (acknowledged === undefined || acknowledged.by.account.startsWith(pagerDutyAccount)) return undefined;
  return { status: 'acknowledged', since: acknowledged.at, says: `${acknowledged.by.name} took it up` };
}

/** What is to be said to PagerDuty of an incident that it told of. */
export function pagedWords(incident: Incident): readonly PagedWord[] {
  const status = statusOf(incident);
  return status === undefined
    ? []
    : openThere(incident).map((paged) => ({
        ...status,
        paged,
        call: `${prefix}${paged} ${status.status} ${incident.returns}`,
      }));
}
