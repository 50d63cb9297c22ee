import { postMortemFile, postMortemMessage } from '../../rendering/incident/post-mortem.ts';
import { fileOption, uploadAnswer } from '../sharing/upload-answer.ts';
import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { nothingAfter } from '../words/operands.ts';

export const postmortem = subCommand({
  name: 'postmortem',
  operands: 'ID|last',
  says: 'Drafts the post-mortem from what is known. With --file, as a file in this channel.',
  examples: ['postmortem last', 'postmortem last --file'],
  need: 'read',
  options: fileOption,
  run: async ({ operands, options: { file }, slash }, surroundings) => {
    const { agent, signal } = surroundings;
    nothingAfter(operands, 1);
    const id = await incidentIdFrom(operands[0], agent, signal);
    const { markdown } = await agent.postMortem({ params: { id } }, { signal });
    if (file) {
      await uploadAnswer(postMortemFile(id, markdown), slash.channel_id, surroundings);
      return undefined;
    }
    return { render: (share) => postMortemMessage(id, markdown, share === undefined ? {} : { share }), isShareable: true };
  },
});
