import { Click, oldButton, valueOf } from '../../deciding/click.ts';
import { handler } from '../../handling/handler.ts';
import { actionIds } from '../../rendering/action-ids.ts';
import { proposalAnswer } from '../scarlet/proposal-answer.ts';
import { waysFor } from '../scarlet/proposal-choice.ts';
import { seenAgain } from './seen-cause.ts';

/** The button of a cause in an answer: proposes what would help it now, and shows the card to who clicked. */
export const proposeFix = handler<Click>({
  name: `action.${actionIds.proposeFix}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    const { agent, slack, signal } = surroundings;
    if (click.response_url === undefined) throw oldButton();
    const { fixes } = await agent.fixes({ body: {} }, { signal });
    const fixable = seenAgain(valueOf(click), fixes, ({ cause }) => cause);
    const { render } = await proposalAnswer(
      fixable,
      waysFor(fixable, { action: undefined, values: {} }),
      false,
      surroundings,
    );
    await slack.respond(click.response_url, render(), signal);
  },
});
