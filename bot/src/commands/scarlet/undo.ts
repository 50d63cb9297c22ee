import { subCommand } from '../sub-command.ts';
import { changeIdFrom } from '../words/change-id.ts';
import { sentenceFrom } from '../words/operands.ts';
import { cardReply } from './card.ts';

export const undo = subCommand({
  name: 'undo',
  operands: 'ID|last WHY',
  says: 'Takes a change back: at once while it is on its way, by a new change after its end.',
  examples: ['undo last "It made it worse"'],
  need: 'act',
  options: {},
  isFreeText: true,
  run: async ({ operands }, surroundings) => {
    const { agent, signal } = surroundings;
    const id = await changeIdFrom(operands[0], agent, signal);
    const why = sentenceFrom(operands, 1, {
      what: 'Why?',
      remedy: `Write it behind the id: /scarlet undo ${id} "why"`,
    });
    return await cardReply(await agent.undo({ params: { id }, body: { why } }, { signal }), surroundings);
  },
});
