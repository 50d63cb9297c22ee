import { howToLink, linkedMessage } from '../../rendering/agent/link-messages.ts';
import { privately, subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';

export const link = subCommand({
  name: 'link',
  operands: '[CODE]',
  says: 'Links your Slack account to the person whom the agent knows, by a code of theirs; without one, it says how to get it.',
  examples: ['link', 'link ABCDE-FGHJK'],
  need: 'link',
  options: {},
  run: async ({ operands }, { agent, actor, signal }) => {
    nothingAfter(operands, 2);
    // A code may come in two words, as it is read aloud.
    const code = operands.join('');
    if (code === '') return privately(howToLink(actor.account));
    return privately(linkedMessage(await agent.useLinkCode({ body: { code } }, { signal }), actor.account));
  },
});
