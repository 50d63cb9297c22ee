import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { conversationIdFrom, operandId } from '../../conversing/conversation-id.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { conversationText } from '../../render/conversation-text.ts';
import { structuredText } from '../../render/structured.ts';

export const conversationShowCommand = command({
  operands: 'ID|last',
  description:
    'What you asked in a conversation and what was said then, oldest first. The answers are of their time; ask again for what holds now.',
  examples: [['autodevops conversation show last', 'the newest one']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      positionals,
      surroundings,
      look,
      signal,
    } = run;
    const given = operandId(positionals);
    return await withAgent(run, run.options, async ({ client }) => {
      const found = await client.conversation(
        { params: { id: await conversationIdFrom(given, client, signal) } },
        { signal },
      );
      surroundings.stdout.write(
        output === 'text'
          ? finish(conversationText(found, look, new Date(surroundings.now()).toISOString()), look)
          : await structuredText(found, output),
      );
      return 0;
    });
  },
});
