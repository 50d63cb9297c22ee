import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Alert } from '@autodevops/domain/signal';
import { timeOf } from '../../changes/surroundings.ts';
import { alone } from '../incident-desk.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { changeIncident, ongoingIncidents, readIncident } from '../incident-journal.ts';
import { mergeInto, sameCause } from '../merging.ts';
import { alertsToExplain, blindly, relevantCauses } from './relevant-causes.ts';
import type { Relevant } from './relevant-causes.ts';

/** A diagnosis to which these alerts, and no others, are symptoms. */
export type DiagnoseAlerts = (alerts: readonly Alert[], signal: AbortSignal) => Promise<Diagnosis>;

/** That nothing explains it is said once, however much else changes in the cluster. */
function saysTheSame({ summary, causes }: Incident, relevant: Relevant): boolean {
  if (summary !== '' && causes.length === 0 && relevant.causes.length === 0) {
    return summary.endsWith(blindly) === relevant.summary.endsWith(blindly);
  }
  return (
    summary === relevant.summary &&
    causes.map(({ key }) => key).join('\n') === relevant.causes.map(({ key }) => key).join('\n')
  );
}

/** One cause under several incidents is one incident. */
async function joined(incident: Incident, signal: AbortSignal, desk: IncidentDesk): Promise<Incident> {
  if (incident.origin === 'person' || incident.causes.length === 0) return incident;
  return await alone(desk, signal, async (fence) => {
    const ongoing = await ongoingIncidents(desk.store.incidents);
    const present = ongoing.find(({ id }) => id === incident.id);
    const other = present === undefined ? undefined : sameCause(present, ongoing);
    return present === undefined || other === undefined
      ? incident
      : await mergeInto(other, present, { why: 'They have the same cause.', fence }, desk);
  });
}

/**
 * Looks at what an incident is about and writes it to its timeline; joins it to an older one of the same cause. Gives the
 * incident that it is part of then. Throws what a diagnosis throws; nothing is written then.
 */
export async function attachDiagnosis(
  id: string,
  diagnose: DiagnoseAlerts,
  signal: AbortSignal,
  desk: IncidentDesk,
): Promise<Incident> {
  const {
    store: { incidents: journal },
    clock,
    jamie,
  } = desk;
  const before = await readIncident(journal, id);
  if (!isOngoing(before)) return before;
  const diagnosis = await diagnose(alertsToExplain(before.alerts), signal);
  const relevant = relevantCauses(diagnosis, before.alerts);
  const attached = await changeIncident(journal, id, (present): readonly IncidentEvent[] =>
    !isOngoing(present) || saysTheSame(present, relevant)
      ? []
      : [
          {
            type: 'diagnosed',
            time: timeOf(clock),
            actor: jamie,
            summary: relevant.summary,
            causes: [...relevant.causes],
          },
        ],
  );
  return isOngoing(attached) ? await joined(attached, signal, desk) : attached;
}
