import { z } from 'zod';
import { handler } from '../handling/handler.ts';
import { viewIds } from '../rendering/action-ids.ts';
import { timelineNoted } from '../rendering/answer/talk-messages.ts';
import { afterForm, linkToMessage } from './after-form.ts';
import { entered, FormPayload, missingFields, subjectOfForm } from './form-payload.ts';
import { FromMessage } from './form-subject.ts';

const IncidentId = z.string().regex(/^inc-[a-z0-9]{6,32}$/);

/** Keeps what a message says in the timeline of an incident, with a link to it. */
export const addToTimelineForm = handler<FormPayload>({
  name: `view.${viewIds.addToTimeline}`,
  payload: FormPayload,
  need: 'act',
  fieldErrors: (given) => ({
    ...missingFields(given, { incident: 'Choose an incident.', says: 'Say what happened.' }),
    ...(entered(given, 'incident') === '' || IncidentId.safeParse(entered(given, 'incident')).success
      ? {}
      : { incident: 'Choose one of the list.' }),
  }),
  handle: async (given, surroundings) => {
    const { agent, signal } = surroundings;
    const subject = subjectOfForm(given, FromMessage);
    const id = IncidentId.parse(entered(given, 'incident'));
    const link = await linkToMessage(subject, surroundings);
    const { title } = await agent.updateIncident(
      {
        params: { id },
        body: {
          says: entered(given, 'says'),
          ...(link === undefined ? {} : { link: { title: 'Message in Slack', target: link } }),
        },
      },
      { signal },
    );
    await afterForm(subject, timelineNoted(title), surroundings);
  },
});
