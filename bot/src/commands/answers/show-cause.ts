import { Click, oldButton, valueOf } from '../../deciding/click.ts';
import { handler } from '../../handling/handler.ts';
import { actionIds } from '../../rendering/action-ids.ts';
import { causeMessage } from '../../rendering/diagnosis/diagnosis-message.ts';
import { seenAgain } from './seen-cause.ts';

/** The button of a cause in an answer: all that shows it now, to who clicked. */
export const showCause = handler<Click>({
  name: `action.${actionIds.showCause}`,
  payload: Click,
  need: 'read',
  handle: async (click, { agent, slack, signal }) => {
    if (click.response_url === undefined) throw oldButton();
    const { causes, information } = await agent.diagnose({ body: {} }, { signal });
    await slack.respond(
      click.response_url,
      causeMessage(seenAgain(valueOf(click), [...causes, ...information], (cause) => cause)),
      signal,
    );
  },
});
