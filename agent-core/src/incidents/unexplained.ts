import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';

/** In milliseconds. Some causes show themselves only after a while: a probe has to fail for some time, a rollout to make no progress. */
const stillToShow = 15 * 60_000;

/** Opened by the heartbeat or by a cause: nothing is to be found out. */
const explained: readonly Incident['origin'][] = ['heartbeat', 'watch'];

/**
 * Whether Jamie should look at it although nothing new was told: she could not look yet, or she saw nothing that explains
 * its alerts and may see it now. `now` in milliseconds.
 */
export function wantsAnotherLook(incident: Incident, now: number): boolean {
  const { origin, summary, causes, alerts, ongoingSince = incident.openedAt } = incident;
  if (!isOngoing(incident) || explained.includes(origin)) return false;
  const isYoung = now - Date.parse(ongoingSince) < stillToShow;
  return summary === '' || (isYoung && causes.length === 0 && alerts.some(({ state }) => state === 'firing'));
}
