import { subCommand } from '../sub-command.ts';
import { changeIdFrom } from '../words/change-id.ts';
import { nothingAfter } from '../words/operands.ts';
import { cardReply } from './card.ts';

export const show = subCommand({
  name: 'show',
  operands: 'ID|last',
  says: 'Shows a change: what it does, how far it reaches, who has to agree, how it stands.',
  examples: ['show last', 'show chg-a1b2c3d4e5f6'],
  need: 'read',
  options: {},
  run: async ({ operands }, surroundings) => {
    const { agent, signal } = surroundings;
    nothingAfter(operands, 1);
    return await cardReply(
      await agent.change({ params: { id: await changeIdFrom(operands[0], agent, signal) } }, { signal }),
      surroundings,
    );
  },
});
