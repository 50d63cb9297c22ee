import { incidentBounds, IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { handler } from '../handling/handler.ts';
import { viewIds } from '../rendering/action-ids.ts';
import { incidentCard } from '../rendering/incident/incident-card.ts';
import { afterForm, linkToMessage } from './after-form.ts';
import { entered, FormPayload, missingFields, subjectOfForm } from './form-payload.ts';
import { FromMessage } from './form-subject.ts';

/** Opens an incident from its form, linked to the message that it was opened on. */
export const openIncidentForm = handler<FormPayload>({
  name: `view.${viewIds.openIncident}`,
  payload: FormPayload,
  need: 'act',
  fieldErrors: (given) => ({
    ...missingFields(given, { title: 'Say in one sentence what is wrong.', severity: 'Choose how bad it is.' }),
    ...([...entered(given, 'title')].length > incidentBounds.title
      ? { title: `At most ${incidentBounds.title} characters.` }
      : {}),
  }),
  handle: async (given, surroundings) => {
    const { agent, signal } = surroundings;
    const subject = subjectOfForm(given, FromMessage);
    const opened = await agent.openIncident(
      { body: { title: entered(given, 'title'), severity: IncidentSeverity.parse(entered(given, 'severity')) } },
      { signal },
    );
    const link = await linkToMessage(subject, surroundings);
    const incident =
      link === undefined
        ? opened
        : await agent.updateIncident(
            { params: { id: opened.id }, body: { link: { title: 'Message in Slack', target: link } } },
            { signal },
          );
    const { name } = await agent.cluster({}, { signal });
    await afterForm(subject, incidentCard(incident, { cluster: name }), surroundings);
  },
});
