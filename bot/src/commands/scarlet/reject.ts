import { subCommand } from '../sub-command.ts';
import { changeIdFrom } from '../words/change-id.ts';
import { sentenceFrom } from '../words/operands.ts';
import { cardReply } from './card.ts';

export const reject = subCommand({
  name: 'reject',
  operands: 'ID|last WHY',
  says: 'Says no to a change that waits. That is final.',
  examples: ['reject last "We roll back by Git instead"'],
  need: 'act',
  options: {},
  isFreeText: true,
  run: async ({ operands }, surroundings) => {
    const { agent, signal } = surroundings;
    const id = await changeIdFrom(operands[0], agent, signal);
    const why = sentenceFrom(operands, 1, {
      what: 'Why not?',
      remedy: `Write it behind the id: /scarlet reject ${id} "why"`,
    });
    return await cardReply(await agent.reject({ params: { id }, body: { why } }, { signal }), surroundings);
  },
});
