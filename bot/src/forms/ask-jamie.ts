import { AutoDevOpsError } from '@autodevops/domain/errors';
import { answered, askOnce } from '../commands/jamie/asking.ts';
import { sayReply } from '../commands/sharing/reply.ts';
import { typedText } from '../commands/words/slack-entities.ts';
import { handler } from '../handling/handler.ts';
import { viewIds } from '../rendering/action-ids.ts';
import { entered, FormPayload, missingFields } from './form-payload.ts';

/** Answers the question of a form in the conversation that was chosen there, to the asker alone. */
export const askJamieForm = handler<FormPayload>({
  name: `view.${viewIds.askJamie}`,
  payload: FormPayload,
  need: 'read',
  fieldErrors: (given) => missingFields(given, { question: 'Ask something.' }),
  handle: async (given, surroundings) => {
    const [to] = given.response_urls;
    if (to === undefined) {
      throw new AutoDevOpsError(
        'usage',
        'Slack does not say where the answer goes.',
        'Choose a channel in the form, or ask by /jamie ask.',
      );
    }
    await sayReply(
      answered(await askOnce(typedText(entered(given, 'question')), undefined, surroundings)),
      { to, isShared: false },
      surroundings,
    );
  },
});
