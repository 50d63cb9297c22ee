import { unlinkedMessage } from '../../rendering/agent/link-messages.ts';
import { privately, subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';

export const unlink = subCommand({
  name: 'unlink',
  operands: '',
  says: 'Takes your Slack account from the person that it is linked to. Nothing can be read or decided by it afterwards.',
  examples: ['unlink'],
  need: 'read',
  options: {},
  run: async ({ operands }, { agent, actor, signal }) => {
    nothingAfter(operands, 0);
    await agent.removeAccount({ params: { account: actor.account } }, { signal });
    return privately(unlinkedMessage());
  },
});
