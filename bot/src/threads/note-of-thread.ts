import type { Incident } from '@autodevops/domain/incident/incident';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { ThreadNote } from './thread-note.ts';
import { telling } from './told-series.ts';
import type { ToldSeries } from './told-series.ts';

/** Whether the last message of each series stands in Slack. */
export interface LastPosted {
  readonly steps: boolean;
  readonly calls: boolean;
  readonly reminders: boolean;
}

function steps({ state, returns }: Incident, series: ToldSeries, isPosted: boolean): ToldSeries {
  const standing = `${state}/${returns}`;
  // That it was opened is what the card says.
  if (series.told === '' && standing === 'open/0') return { ...series, told: standing };
  return telling(series, standing, isPosted);
}

function calls({ escalation, returns, state }: Incident, series: ToldSeries, isPosted: boolean): ToldSeries {
  if (escalation === undefined || state !== 'open') return series;
  return telling(series, `${returns}/${escalation.round}/${escalation.step}`, isPosted);
}

function reminders(incident: Incident, series: ToldSeries, isPosted: boolean): ToldSeries {
  const { updateDueSince } = incident;
  return updateDueSince === undefined || !isOngoing(incident) ? series : telling(series, updateDueSince, isPosted);
}

/** The note after the incident was looked at: what is told anew in its thread, each once. */
export function noteOfThread(note: ThreadNote, incident: Incident, posted: LastPosted): ThreadNote {
  return {
    place: note.place,
    steps: steps(incident, note.steps, posted.steps),
    calls: calls(incident, note.calls, posted.calls),
    reminders: reminders(incident, note.reminders, posted.reminders),
    isOver: !isOngoing(incident),
    updatedAt: incident.updatedAt,
  };
}
