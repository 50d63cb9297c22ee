import { AutoDevOpsError } from '@autodevops/domain/errors';
import { postMortemFile, postMortemMessage } from '../../rendering/incident/post-mortem.ts';
import { cardReply } from '../scarlet/card.ts';
import { fileOption, uploadAnswer } from '../sharing/upload-answer.ts';
import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { nothingAfter } from '../words/operands.ts';

export const postmortem = subCommand({
  name: 'postmortem',
  operands: 'ID|last',
  says: 'Drafts the post-mortem from what is known. With --file, as a file in this channel; with --propose, as a change in Git, which waits for a yes as any other change.',
  examples: ['postmortem last', 'postmortem last --file', 'postmortem last --propose runbooks'],
  need: 'read',
  actsBy: 'propose',
  options: {
    ...fileOption,
    propose: {
      takes: 'value',
      value: 'REPOSITORY',
      says: "Propose it there, as the agent's configuration names the repository.",
    },
    path: { takes: 'value', value: 'PATH', says: 'Of the file in it; postmortems/DAY-ID.md when left out.' },
    base: { takes: 'value', value: 'BRANCH', says: 'The branch that it is proposed against; main when left out.' },
  },
  run: async ({ operands, options: { file, propose, path, base }, slash }, surroundings) => {
    const { agent, signal } = surroundings;
    nothingAfter(operands, 1);
    if (propose === undefined && (path ?? base) !== undefined) {
      throw new AutoDevOpsError('usage', 'Where is it to be proposed?', 'Name the repository with --propose.');
    }
    const id = await incidentIdFrom(operands[0], agent, signal);
    if (propose !== undefined) {
      const body = {
        repository: propose,
        ...(path === undefined ? {} : { path }),
        ...(base === undefined ? {} : { base }),
      };
      return await cardReply(await agent.proposePostMortem({ params: { id }, body }, { signal }), surroundings);
    }
    const { markdown } = await agent.postMortem({ params: { id } }, { signal });
    if (file) {
      await uploadAnswer(postMortemFile(id, markdown), slash.channel_id, surroundings);
      return undefined;
    }
    return {
      render: (share) => postMortemMessage(id, markdown, share === undefined ? {} : { share }),
      isShareable: true,
    };
  },
});
