import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { conversationIdFrom, operandId } from '../../conversing/conversation-id.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';

export const conversationExportCommand = command({
  operands: 'ID|last',
  description:
    'Prints a conversation as Markdown, for a ticket or a wiki. Secrets were masked when it was kept; what comes from the cluster is shown as text, never as markup.',
  examples: [['autodevops conversation export last > outage.md', 'the newest one, into a file']],
  options: { ...agentOptions, ...everywhere },
  run: async (run) => {
    const { positionals, surroundings, signal } = run;
    const given = operandId(positionals);
    return await withAgent(run, run.options, async ({ client }) => {
      const { markdown } = await client.exportConversation(
        { params: { id: await conversationIdFrom(given, client, signal) } },
        { signal },
      );
      surroundings.stdout.write(markdown);
      return 0;
    });
  },
});
