import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { conversationIdFrom, operandId } from '../../conversing/conversation-id.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';

export const conversationRenameCommand = command({
  operands: 'ID|last "TITLE"',
  description: 'Gives a conversation another title. Without one its first question is its title.',
  examples: [['autodevops conversation rename last "The outage of Monday"', 'to find it again']],
  options: { ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      positionals: [first, ...words],
      surroundings,
      signal,
    } = run;
    const [given, title] = [operandId(first === undefined ? [] : [first]), words.join(' ').trim()];
    if (title === '') throw usageError('There is no title.', 'Write it behind the id.');
    return await withAgent(run, run.options, async ({ client }) => {
      const renamed = await client.renameConversation(
        { params: { id: await conversationIdFrom(given, client, signal) }, body: { title } },
        { signal },
      );
      surroundings.stdout.write(`${printable(renamed.id)} is called "${printable(renamed.title)}" now.\n`);
      return 0;
    });
  },
});
