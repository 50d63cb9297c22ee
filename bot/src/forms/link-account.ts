import { handler } from '../handling/handler.ts';
import { viewIds } from '../rendering/action-ids.ts';
import { linkedMessage } from '../rendering/agent/link-messages.ts';
import { afterForm } from './after-form.ts';
import { entered, FormPayload, missingFields, subjectOfForm } from './form-payload.ts';
import { FromMessage } from './form-subject.ts';

/** Links the account of who sends the form, by a one-time code. */
export const linkAccountForm = handler<FormPayload>({
  name: `view.${viewIds.link}`,
  payload: FormPayload,
  need: 'link',
  fieldErrors: (given) => ({
    ...(/^[\w -]{6,40}$/.test(entered(given, 'code'))
      ? {}
      : { code: 'A code has ten letters and digits, in two groups.' }),
    ...missingFields(given, { code: 'Enter the code.' }),
  }),
  handle: async (given, surroundings) => {
    const { agent, actor, signal } = surroundings;
    const person = await agent.useLinkCode(
      { body: { code: entered(given, 'code').replaceAll(/\s+/g, '') } },
      { signal },
    );
    await afterForm(subjectOfForm(given, FromMessage), linkedMessage(person, actor.account), surroundings);
  },
});
