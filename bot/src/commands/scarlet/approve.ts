import { AutoDevOpsError } from '@autodevops/domain/errors';
import { subCommand } from '../sub-command.ts';
import { changeIdFrom } from '../words/change-id.ts';
import { nothingAfter } from '../words/operands.ts';
import { cardReply } from './card.ts';

/** A yes is bound to what was shown: the words say yes to nothing, the button under the plan does. */
export const approve = subCommand({
  name: 'approve',
  operands: 'ID|last',
  says: 'Shows a change that waits, with the button that says yes to exactly what stands there.',
  examples: ['approve last', 'approve chg-a1b2c3d4e5f6'],
  need: 'act',
  options: {},
  run: async ({ operands }, surroundings) => {
    const { agent, signal } = surroundings;
    nothingAfter(operands, 1);
    const change = await agent.change({ params: { id: await changeIdFrom(operands[0], agent, signal) } }, { signal });
    if (change.state !== 'waiting') {
      throw new AutoDevOpsError(
        'change.wrong-state',
        `${change.id} does not wait for a yes: ${change.says}`,
        `/scarlet show ${change.id} shows it.`,
      );
    }
    return await cardReply(change, surroundings);
  },
});
