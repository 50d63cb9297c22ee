import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { nothingAfter } from '../words/operands.ts';
import { incidentReply } from './showing.ts';

export const acknowledge = subCommand({
  name: 'acknowledge',
  operands: 'ID|last',
  says: 'Says that you have seen an incident and look after it: nobody else is told then.',
  examples: ['acknowledge last'],
  need: 'act',
  options: {},
  run: async ({ operands }, surroundings) => {
    const { agent, signal } = surroundings;
    nothingAfter(operands, 1);
    const id = await incidentIdFrom(operands[0], agent, signal);
    return await incidentReply(await agent.acknowledgeIncident({ params: { id } }, { signal }), surroundings);
  },
});
