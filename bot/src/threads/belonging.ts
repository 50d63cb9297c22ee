import type { Change } from '@autodevops/domain/change/change';
import { finalStates } from '@autodevops/domain/change/change';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import { refKey } from '@autodevops/domain/object-ref';

/** What has to be known of an incident to tell which changes are its own. */
export type Belonging = Pick<Incident, 'id' | 'state' | 'openedAt' | 'causesSeen' | 'links'>;

/** As the agent calls a cause: `pod.image.not-found Deployment/shop/web`. */
function findingKey({ reason: { finding } }: Pick<Change, 'reason'>): string | undefined {
  return finding === undefined ? undefined : `${finding.code} ${refKey(finding.object)}`.slice(0, incidentBounds.key);
}

function isLinked({ id }: Pick<Change, 'id'>, { links }: Belonging): boolean {
  return links.some(({ target }) => target === id);
}

/**
 * The incident that a change belongs to: the one that links to it, else the oldest that goes on and has the cause that
 * the change is to remove. What had ended before an incident was opened is none of it.
 */
export function incidentOfChange(
  change: Pick<Change, 'id' | 'state' | 'reason' | 'updatedAt'>,
  incidents: readonly Belonging[],
): string | undefined {
  const oldestFirst = incidents.toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
  const linked = oldestFirst.find((incident) => isLinked(change, incident));
  if (linked !== undefined) return linked.id;
  const key = findingKey(change);
  if (key === undefined) return undefined;
  const isEnded = finalStates.includes(change.state);
  return oldestFirst.find(
    (incident) =>
      isOngoing(incident) && incident.causesSeen.includes(key) && (!isEnded || change.updatedAt >= incident.openedAt),
  )?.id;
}
