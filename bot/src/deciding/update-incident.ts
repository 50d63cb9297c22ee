import { z } from 'zod';
import type { Incident } from '@autodevops/domain/incident/incident';
import { entered, FormPayload, subjectOfForm } from '../forms/form-payload.ts';
import { OfIncident } from '../forms/form-subject.ts';
import { handler } from '../handling/handler.ts';
import type { FieldErrors } from '../handling/handler.ts';
import { actionIds, viewIds } from '../rendering/action-ids.ts';
import { updateForm } from '../rendering/forms/incident-forms.ts';
import { carriedPlace, Click, valueOf } from './click.ts';
import { clickedIncident } from './incident-of-click.ts';
import { openForm } from './open-form.ts';

const State = z.enum(['investigating', 'mitigating', 'monitoring']);

/** Asks what there is to say, how it stands, what is to be done. */
export const updateIncident = handler<Click>({
  name: `action.${actionIds.update}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    await openForm(
      click,
      'Update incident',
      async () => updateForm(await clickedIncident(valueOf(click), click, surroundings), carriedPlace(click)),
      surroundings,
    );
  },
});

/** What the form adds to the incident as it is: a state that it has already is nothing new. */
function additions(
  given: FormPayload,
  present: Incident,
): { readonly says?: string; readonly task?: string; readonly state?: z.output<typeof State> } {
  const [says, task, state] = [
    entered(given, 'says'),
    entered(given, 'task'),
    State.safeParse(entered(given, 'state')).data,
  ];
  return {
    ...(says === '' ? {} : { says }),
    ...(task === '' ? {} : { task }),
    ...(state === undefined || state === present.state ? {} : { state }),
  };
}

function nothingEntered(given: FormPayload): FieldErrors {
  return entered(given, 'says') === '' && entered(given, 'task') === '' && entered(given, 'state') === ''
    ? { says: 'Say something, or fill in one of the others.' }
    : {};
}

/** Adds it, in the name of who sent the form. */
export const updateIncidentForm = handler<FormPayload>({
  name: `view.${viewIds.update}`,
  payload: FormPayload,
  need: 'act',
  fieldErrors: nothingEntered,
  handle: async (given, { agent, signal }) => {
    const { incident: id } = subjectOfForm(given, OfIncident);
    const body = additions(given, await agent.incident({ params: { id } }, { signal }));
    if (Object.keys(body).length > 0) await agent.updateIncident({ params: { id }, body }, { signal });
  },
});
