import type { z } from 'zod';
import { ChangeEvent } from '@autodevops/domain/change/change';
import { endsChange } from '@autodevops/domain/change/change-end';
import { endsIncident, IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { parseStored } from '../stored-json.ts';

/** What the stores have to know of a kind of journal. */
export interface JournalKind<Event> {
  readonly name: 'changes' | 'incidents';
  readonly shape: z.ZodType<Event>;
  readonly ends: (event: Event) => boolean;
}

export const changeJournal: JournalKind<ChangeEvent> = { name: 'changes', shape: ChangeEvent, ends: endsChange };

export const incidentJournal: JournalKind<IncidentEvent> = {
  name: 'incidents',
  shape: IncidentEvent,
  ends: endsIncident,
};

/** An event as it was read from a row. */
export function parseEvent<Event>(kind: JournalKind<Event>, id: string, text: string): Event {
  return parseStored(kind.shape, `An event of ${id}`, text);
}
