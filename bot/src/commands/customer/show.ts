import { servedCustomer } from '../../rendering/agent/served-customer.ts';
import { privately, subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';

export const show = subCommand({
  name: 'show',
  operands: '',
  says: 'Says which customer this bot serves here.',
  examples: ['show'],
  need: 'read',
  options: {},
  run: async ({ operands }, { customer, event, agent, signal }) => {
    nothingAfter(operands, 0);
    const { name } = await agent.cluster({}, { signal });
    return privately(servedCustomer({ customer, cluster: name, team: event.team, app: event.app }));
  },
});
