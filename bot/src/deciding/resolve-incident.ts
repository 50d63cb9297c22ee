import { entered, FormPayload, missingFields, subjectOfForm } from '../forms/form-payload.ts';
import { OfIncident } from '../forms/form-subject.ts';
import { handler } from '../handling/handler.ts';
import { actionIds, viewIds } from '../rendering/action-ids.ts';
import { resolveForm } from '../rendering/forms/incident-forms.ts';
import { carriedPlace, Click, valueOf } from './click.ts';
import { clickedIncident } from './incident-of-click.ts';
import { openForm } from './open-form.ts';

/** Asks what ended it. */
export const resolveIncident = handler<Click>({
  name: `action.${actionIds.resolve}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    await openForm(
      click,
      'Resolve incident',
      async () => resolveForm(await clickedIncident(valueOf(click), click, surroundings), carriedPlace(click)),
      surroundings,
    );
  },
});

/** Says that it is over, in the name of who sent the form. */
export const resolveIncidentForm = handler<FormPayload>({
  name: `view.${viewIds.resolve}`,
  payload: FormPayload,
  need: 'act',
  fieldErrors: (given) => missingFields(given, { why: 'Say what ended it: the post-mortem begins with that.' }),
  handle: async (given, { agent, signal }) => {
    const { incident: id } = subjectOfForm(given, OfIncident);
    await agent.resolveIncident({ params: { id }, body: { why: entered(given, 'why') } }, { signal });
  },
});
