import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { Paging } from '@autodevops/domain/ports/paging';
import { timeOf } from '../../changes/surroundings.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { changeIncident } from '../incident-journal.ts';
import { keptText } from '../kept-text.ts';
import { pagedWords } from './paged-words.ts';
import type { PagedWord } from './paged-words.ts';
import { knownIncident } from '../remembered-incidents.ts';

/** In milliseconds: so long a word is tried to be said; then the timeline says that it was not. */
const patience = 15 * 60_000;

/** Undefined where it is to be tried again. */
async function said(
  { paged, status, since, says }: PagedWord,
  paging: Paging,
  now: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    await paging.tell(paged, status, { signal });
    return `Knows now that ${says}.`;
  } catch (error) {
    if (signal.aborted || !(error instanceof AutoDevOpsError)) throw error;
    const mayPass = error.reaction === 'retry' && now - Date.parse(since) < patience;
    return mayPass ? undefined : `Could not be told that ${says}: ${error.message}`;
  }
}

/**
 * Tells the service that pages people what people did here about what it told: once each, whichever process does it and
 * whenever one ends, as its own answer to the same again changes nothing. What was told stands in the timeline.
 */
export async function tellPaging(
  incident: Incident,
  paging: Paging,
  signal: AbortSignal,
  { store: { incidents: journal }, clock }: Pick<IncidentDesk, 'store' | 'clock'>,
): Promise<void> {
  const actor: Actor = {
    kind: 'automation',
    account: 'pagerduty:api',
    person: '',
    name: paging.name,
    roles: [],
    surface: 'http',
  };
  for (const word of pagedWords(incident)) {
    const known = await knownIncident(journal, incident.id);
    if (known === undefined || known.incident.state === 'merged' || known.calls.has(word.call)) continue;
    const says = await said(word, paging, clock.now(), signal);
    if (says !== undefined) {
      await changeIncident(
        journal,
        incident.id,
        () => [{ type: 'said', time: timeOf(clock), actor, text: keptText(says) }],
        word.call,
      );
    }
  }
}
