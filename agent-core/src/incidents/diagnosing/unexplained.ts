import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';

/** In milliseconds. Some causes show themselves only after a while: a probe has to fail for some time, a rollout to make no progress. */
const stillToShow = 15 * 60_000;

/** Opened by the heartbeat or by a cause: nothing is to be found out. */
const explained: readonly Incident['origin'][] = ['heartbeat', 'watch'];

function isYoung({ openedAt, ongoingSince = openedAt }: Incident, now: number): boolean {
  return now - Date.parse(ongoingSince) < stillToShow;
}

/** Whether whoever was to propose something for a cause may have died over it: to be asked after a start. `now` in milliseconds. */
export function mayLackFix(incident: Incident, now: number): boolean {
  const { origin, causes, fixes = [] } = incident;
  return isOngoing(incident) && origin === 'alert' && isYoung(incident, now) && causes.length > 0 && fixes.length === 0;
}

/**
 * Whether Jamie should look at it although nothing new was told: she could not look yet, or she saw nothing that explains
 * its alerts and may see it now. `now` in milliseconds.
 */
export function wantsAnotherLook(incident: Incident, now: number): boolean {
  const { origin, summary, causes, alerts } = incident;
  if (!isOngoing(incident) || explained.includes(origin)) return false;
  return (
    summary === '' || (isYoung(incident, now) && causes.length === 0 && alerts.some(({ state }) => state === 'firing'))
  );
}
