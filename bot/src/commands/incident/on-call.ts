import { onCallMessage } from '../../rendering/incident/on-call-message.ts';
import { privately, subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';

export const onCall = subCommand({
  name: 'on-call',
  operands: '',
  says: "Says who is on call now, by each schedule of the agent's configuration.",
  examples: ['on-call'],
  need: 'read',
  options: {},
  run: async ({ operands }, { agent, signal }) => {
    nothingAfter(operands, 0);
    return privately(onCallMessage(await agent.onCall({}, { signal })));
  },
});
