import { answered, askOnce } from '../commands/jamie/asking.ts';
import { sayReply } from '../commands/sharing/reply.ts';
import type { Reply } from '../commands/sub-command.ts';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { handler } from '../handling/handler.ts';
import type { Surroundings } from '../handling/handler.ts';
import { diagnosisMessage } from '../rendering/diagnosis/diagnosis-message.ts';
import { seenCauseButtons } from '../rendering/diagnosis/seen-cause.ts';
import { mentionedCauses } from './mentioned-causes.ts';
import { MessageShortcut, messageText } from './shortcut-payload.ts';

/** As many characters as a question may have. */
const longest = 2000;

/** The causes that the text speaks of; where it names none, what Jamie makes of its first line. */
async function replyTo(text: string, surroundings: Surroundings): Promise<Reply> {
  const { agent, signal } = surroundings;
  const diagnosis = await agent.diagnose({ body: {} }, { signal });
  const causes = mentionedCauses(text, diagnosis.causes);
  if (causes.length === 0) {
    return answered(await askOnce(text.slice(0, longest).toWellFormed(), undefined, surroundings));
  }
  return {
    render: (share) =>
      diagnosisMessage(
        { ...diagnosis, causes: [...causes], information: [], suppressed: [] },
        { ...seenCauseButtons, ...(share === undefined ? {} : { share }) },
      ),
    isShareable: true,
  };
}

/** On a message: what of it can be seen in the cluster. The text is evidence of nothing; it only says where to look. */
export const diagnoseThis = handler<MessageShortcut>({
  name: 'shortcut.diagnose-this',
  payload: MessageShortcut,
  need: 'read',
  listing: {
    title: 'Diagnose this',
    description: 'What the cluster says about what this message says',
    place: 'message',
  },
  handle: async (given, surroundings) => {
    const text = messageText(given.message, 20_000);
    if (text === '') {
      throw new AutoDevOpsError('usage', 'There are no words in this message.', 'Ask in your own words: /jamie ask');
    }
    await sayReply(
      await replyTo(text, surroundings),
      { to: { response_url: given.response_url, channel_id: given.channel.id }, isShared: false },
      surroundings,
    );
  },
});
