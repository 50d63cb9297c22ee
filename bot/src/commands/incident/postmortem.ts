import { postMortemFile, postMortemMessage } from '../../rendering/incident/post-mortem.ts';
import { requireOwnReaders } from '../sharing/own-readers.ts';
import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { nothingAfter } from '../words/operands.ts';

export const postmortem = subCommand({
  name: 'postmortem',
  operands: 'ID|last',
  says: 'Drafts the post-mortem from what is known. With --file, as a file in this channel.',
  examples: ['postmortem last', 'postmortem last --file'],
  need: 'read',
  options: { file: { takes: 'nothing', says: 'The whole of it as a file, for everybody in this channel.' } },
  run: async ({ operands, options: { file }, slash }, surroundings) => {
    const { agent, slack, signal } = surroundings;
    nothingAfter(operands, 1);
    const id = await incidentIdFrom(operands[0], agent, signal);
    const { markdown } = await agent.postMortem({ params: { id } }, { signal });
    if (file) {
      await requireOwnReaders(slash.channel_id, surroundings);
      await slack.upload({ channel: slash.channel_id, ...postMortemFile(id, markdown) }, signal);
      return undefined;
    }
    return { render: (share) => postMortemMessage(id, markdown, share === undefined ? {} : { share }), isShareable: true };
  },
});
