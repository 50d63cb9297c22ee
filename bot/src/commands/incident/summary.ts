import { sentenceMessage } from '../../rendering/answer/sentence-message.ts';
import { privately, subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { nothingAfter } from '../words/operands.ts';

export const summary = subCommand({
  name: 'summary',
  operands: 'ID|last',
  says: 'Says what customers may hear of an incident: what a person wrote for them (update --customers), then what is known, and no name of the inside.',
  examples: ['summary last'],
  need: 'read',
  options: {},
  run: async ({ operands }, { agent, signal }) => {
    nothingAfter(operands, 1);
    const { text } = await agent.customerSummary(
      { params: { id: await incidentIdFrom(operands[0], agent, signal) } },
      { signal },
    );
    return privately(sentenceMessage(text));
  },
});
