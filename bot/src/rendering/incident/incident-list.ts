import type { AgentClient } from '@autodevops/agentd/client';
import type { KnownBlock } from '@slack/types';
import { counted } from '@autodevops/domain/count-words';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { bold, code, line, richText, when, words } from '../text/rich-text.ts';
import { severityWords, stateMarks, stateWords } from './incident-words.ts';

export type IncidentLine = Awaited<ReturnType<AgentClient['incidents']>>['incidents'][number];

export function incidentLineBlocks({
  id,
  state,
  severity,
  title,
  openedAt,
  commander,
  firing,
}: IncidentLine): readonly KnownBlock[] {
  return richText(
    line(
      words(`${stateMarks[state]} `),
      bold(`${severityWords[severity]} ${stateWords[state].toLowerCase()}`),
      words(' · '),
      words(title, 200),
      words(' · since '),
      when(openedAt),
      words(` · ${commander === undefined ? 'nobody commands' : commander.name}`, 100),
      firing === 0 ? undefined : words(` · ${counted(firing, 'alert')}`),
      words(' · '),
      code(id),
    ),
  );
}

/** Incidents, newest first; `next` is carried by the button for the next page. */
export function incidentList(incidents: readonly IncidentLine[], next?: string): SlackMessage {
  const heading = incidents.length === 0 ? 'There is no such incident.' : counted(incidents.length, 'incident');
  return message(
    heading,
    [
      always(richText(line(bold(heading)))),
      ...incidents.map((incident) =>
        ifRoom('incident', [
          ...incidentLineBlocks(incident),
          ...buttons(button(actionIds.showIncident, 'Show', incident.id)),
        ]),
      ),
      always(buttons(button(actionIds.nextPage, 'Older', next))),
    ],
    'autodevops incident list has them.',
  );
}
