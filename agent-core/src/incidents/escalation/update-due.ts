import type { UpdateRhythm } from '@autodevops/domain/incident/escalation-policy';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import { timeOf } from '../../changes/surroundings.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { changeIncident } from '../incident-journal.ts';

const minute = 60_000;

/** When a status update will be due (milliseconds since 1970); undefined where none will, or one is already. */
export function updateDueAt(incident: Incident, rhythm: UpdateRhythm): number | undefined {
  const { severity, lastWordAt, openedAt, silence, updateDueSince } = incident;
  const minutes = rhythm[severity];
  if (minutes === undefined || !isOngoing(incident) || updateDueSince !== undefined) return undefined;
  const from = Date.parse(lastWordAt ?? openedAt);
  return Math.max(from + minutes * minute, silence === undefined ? 0 : Date.parse(silence.until));
}

/** Writes down, once for each silence, that nobody has said for too long how an incident stands. Gives when to look again. */
export async function askForUpdate(
  incident: Incident,
  rhythm: UpdateRhythm,
  { store: { incidents: journal }, clock, jamie }: IncidentDesk,
): Promise<number | undefined> {
  const due = updateDueAt(incident, rhythm);
  if (due === undefined || due > clock.now()) return due;
  await changeIncident(journal, incident.id, (present) => {
    const still = updateDueAt(present, rhythm);
    return still === undefined || still > clock.now()
      ? []
      : [{ type: 'update-due', time: timeOf(clock), actor: jamie, since: present.lastWordAt ?? present.openedAt }];
  });
  return undefined;
}
