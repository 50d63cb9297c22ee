import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { conversationIdFrom, operandId } from '../../conversing/conversation-id.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';

export const conversationDeleteCommand = command({
  operands: 'ID|last',
  description:
    'Forgets a conversation with all that was asked and said in it. Backups that were made before still hold it.',
  examples: [['autodevops conversation delete cnv-a1b2c3d4e5f6', 'by the id of `conversation list`']],
  options: { ...agentOptions, ...everywhere },
  run: async (run) => {
    const { positionals, surroundings, signal } = run;
    const given = operandId(positionals);
    return await withAgent(run, run.options, async ({ client }) => {
      const id = await conversationIdFrom(given, client, signal);
      await client.removeConversation({ params: { id } }, { signal });
      surroundings.stdout.write(`${printable(id)} is forgotten.\n`);
      return 0;
    });
  },
});
