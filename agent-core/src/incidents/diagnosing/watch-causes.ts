import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import type { Incident } from '@autodevops/domain/incident/incident';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentCause, IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { timeOf } from '../../changes/surroundings.ts';
import { alone } from '../incident-desk.ts';
import type { Fence, IncidentDesk } from '../incident-desk.ts';
import { appendIncidentEvents, presentIncidents } from '../incident-journal.ts';
import { keptText } from '../kept-text.ts';
import { sightingsAfter, watchedCauses } from './lasting-causes.ts';
import type { Sightings, WatchRules } from './lasting-causes.ts';
import { hasEnded } from '../notices/placement.ts';
import { keptCause, relevantCauses } from './relevant-causes.ts';
import { severityOfCause, worstSeverity } from '../notices/severity.ts';
import { refKey, refText } from '@autodevops/domain/object-ref';

/** More at once are one incident with a list: they have something in common that no rule sees. */
const mostAtOnce = 5;

/** One incident for each, or one for all where there are too many. */
function bundled(causes: readonly Cause[]): readonly (readonly Cause[])[] {
  return causes.length > mostAtOnce ? [causes] : causes.map((cause) => [cause]);
}

function openedBy(causes: readonly Cause[], id: string, { clock, jamie }: IncidentDesk): IncidentEvent {
  const [first] = causes;
  const what = first === undefined ? '' : `${first.title}: ${refText(first.object)}`;
  const title = keptText(
    causes.length > 1 ? `${causes.length} causes last, first ${what}` : what,
    incidentBounds.title,
  );
  return {
    type: 'opened',
    time: timeOf(clock),
    actor: jamie,
    idempotencyKey: `watch ${id}`,
    origin: 'watch',
    title,
    severity: worstSeverity(causes.map(severityOfCause)),
    groupKey: '',
    causes: causes.slice(0, incidentBounds.causes).map(keptCause),
    alerts: [],
  };
}

/** `told` are the causes that the incident has: what is seen of the same object now is told in their place. */
function seen(
  causes: readonly Cause[],
  told: readonly IncidentCause[],
  diagnosis: Diagnosis,
  { clock, jamie }: IncidentDesk,
): IncidentEvent {
  const { summary } = relevantCauses({ ...diagnosis, causes: [...causes] }, []);
  const objects = new Set(causes.map(({ object }) => refKey(object)));
  const others = told.filter(({ object }) => !objects.has(refKey(object)));
  return {
    type: 'diagnosed',
    time: timeOf(clock),
    actor: jamie,
    summary,
    causes: [...causes.map(keptCause), ...others].slice(0, incidentBounds.causes),
  };
}

async function noteGone(
  incident: Incident,
  causes: readonly string[],
  fence: Fence,
  { store: { incidents: journal }, clock, jamie }: IncidentDesk,
): Promise<Incident> {
  const at = { time: timeOf(clock), actor: jamie };
  const after = await appendIncidentEvents(
    journal,
    { id: incident.id, before: incident, events: causes.map((cause) => ({ type: 'cause-gone', ...at, cause })) },
    fence,
  );
  if (!hasEnded(after)) return after;
  return await appendIncidentEvents(
    journal,
    {
      id: incident.id,
      before: after,
      events: [{ type: 'resolved', ...at, why: 'Jamie no longer sees what it was opened for.' }],
    },
    fence,
  );
}

/**
 * Jamie's own watch: opens incidents of causes that have lasted, gives those that are about the same object already its
 * further causes, opens those again whose cause lasts after them, and resolves those whose causes are gone. Gives what it has seen, for the next look, and the ids that it opened.
 */
export async function watchCauses(
  diagnosis: Diagnosis,
  before: Sightings,
  rules: WatchRules,
  signal: AbortSignal,
  desk: IncidentDesk,
): Promise<{ readonly sightings: Sightings; readonly opened: readonly string[] }> {
  const {
    store: { incidents: journal },
    clock,
  } = desk;
  const sightings = sightingsAfter(before, diagnosis, clock.now());
  const opened = await alone(desk, signal, async (fence) => {
    const present = await presentIncidents(journal);
    const { opens, joins, reopens, gone } = watchedCauses(
      diagnosis,
      sightings,
      present,
      { ...rules, ...desk.rules },
      clock.now(),
    );
    const ids: string[] = [];
    for (const causes of bundled(opens)) {
      const id = desk.newId();
      await appendIncidentEvents(journal, { id, before: undefined, events: [openedBy(causes, id, desk)] }, fence);
      ids.push(id);
    }
    for (const [id, joining] of Map.groupBy(joins, (one) => one.id)) {
      const incident = present.find((one) => one.id === id);
      const causes = joining.map(({ cause }) => cause);
      const events = [seen(causes, incident?.causes ?? [], diagnosis, desk)];
      await appendIncidentEvents(journal, { id, before: incident, events }, fence);
    }
    for (const { id, cause } of reopens) {
      const at = { time: timeOf(clock), actor: desk.jamie };
      await appendIncidentEvents(
        journal,
        {
          id,
          before: present.find((one) => one.id === id),
          events: [{ type: 'reopened', ...at, why: 'Its cause lasts.' }, seen([cause], [], diagnosis, desk)],
        },
        fence,
      );
      ids.push(id);
    }
    for (const [id, ended] of Map.groupBy(gone, (one) => one.id)) {
      const incident = present.find((one) => one.id === id);
      if (incident !== undefined) {
        await noteGone(
          incident,
          ended.map(({ cause }) => cause),
          fence,
          desk,
        );
      }
    }
    return ids;
  });
  return { sightings, opened };
}
