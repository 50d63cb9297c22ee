import { AutoDevOpsError } from '@autodevops/domain/errors';
import { entered, FormPayload, missingFields, subjectOfForm } from '../forms/form-payload.ts';
import { handler } from '../handling/handler.ts';
import { actionIds, viewIds } from '../rendering/action-ids.ts';
import { rejectForm } from '../rendering/forms/change-forms.ts';
import { changeIdIn, clickedChange, OfChange, refreshCard } from './change-card-of.ts';
import { carriedPlace, Click, valueOf } from './click.ts';
import { openForm } from './open-form.ts';

/** Asks why not. */
export const rejectChange = handler<Click>({
  name: `action.${actionIds.reject}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    const id = changeIdIn(valueOf(click));
    await openForm(
      click,
      'Reject change',
      async () => rejectForm(await clickedChange(id, click, surroundings), carriedPlace(click)),
      surroundings,
    );
  },
});

/** A no, in the name of who sent the form. It is final. */
export const rejectChangeForm = handler<FormPayload>({
  name: `view.${viewIds.reject}`,
  payload: FormPayload,
  need: 'act',
  fieldErrors: (given) => missingFields(given, { why: 'Say why: everybody who sees the change reads it.' }),
  handle: async (given, surroundings) => {
    const { agent, signal } = surroundings;
    const { change: id } = subjectOfForm(given, OfChange);
    try {
      await refreshCard(
        await agent.reject({ params: { id }, body: { why: entered(given, 'why') } }, { signal }),
        surroundings,
      );
    } catch (error) {
      // Somebody decided meanwhile: the card says what.
      if (error instanceof AutoDevOpsError && error.code === 'change.wrong-state') {
        await refreshCard(await agent.change({ params: { id } }, { signal }), surroundings);
      }
      throw error;
    }
  },
});
