import { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { entered, FormPayload, missingFields, subjectOfForm } from '../forms/form-payload.ts';
import { OfIncident } from '../forms/form-subject.ts';
import { handler } from '../handling/handler.ts';
import { actionIds, viewIds } from '../rendering/action-ids.ts';
import { severityForm } from '../rendering/forms/incident-forms.ts';
import { carriedPlace, Click, valueOf } from './click.ts';
import { clickedIncident } from './incident-of-click.ts';
import { openForm } from './open-form.ts';

/** Asks how bad it is. */
export const setSeverity = handler<Click>({
  name: `action.${actionIds.severity}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    await openForm(
      click,
      'Severity',
      async () => severityForm(await clickedIncident(valueOf(click), click, surroundings), carriedPlace(click)),
      surroundings,
    );
  },
});

/** Sets it, in the name of who sent the form. */
export const setSeverityForm = handler<FormPayload>({
  name: `view.${viewIds.severity}`,
  payload: FormPayload,
  need: 'act',
  fieldErrors: (given) => missingFields(given, { severity: 'Choose one.' }),
  handle: async (given, { agent, signal }) => {
    const { incident: id } = subjectOfForm(given, OfIncident);
    await agent.setIncidentSeverity(
      {
        params: { id },
        body: { severity: IncidentSeverity.parse(entered(given, 'severity')), why: entered(given, 'why') },
      },
      { signal },
    );
  },
});
