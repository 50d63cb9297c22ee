import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { standing, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { finish } from '../../render/change-text.ts';
import { conversationLines } from '../../render/conversation-text.ts';
import { structuredText } from '../../render/structured.ts';

const countWanted = 'a whole number from 1 to 200';

export const conversationListCommand = command({
  operands: '[WORDS]',
  description:
    'Your conversations with Jamie, the one with the newest question first; with words, those that hold them, best match first. Nobody sees those of others.',
  examples: [
    ['autodevops conversation list', 'all that is kept'],
    ['autodevops conversation list "image web"', "those in which web's image was spoken of"],
  ],
  options: {
    limit: option(standing(wholeNumber(1, 200, countWanted), 20), {
      value: 'COUNT',
      says: 'How many, at most 200.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { limit, output },
      positionals,
      surroundings,
      look,
      signal,
    } = run;
    const words = positionals.join(' ').trim();
    return await withAgent(run, run.options, async ({ client }) => {
      const conversations =
        words === ''
          ? (await client.conversations({ query: { limit } }, { signal })).conversations
          : (await client.searchConversations({ query: { words, limit } }, { signal })).hits.map(
              ({ conversation }) => conversation,
            );
      const nothing =
        words === ''
          ? 'There is no conversation yet. Begin one: autodevops ask --conversation new "what is wrong?"'
          : 'No conversation holds these words.';
      const lines =
        conversations.length === 0
          ? [nothing]
          : conversationLines(conversations, look, new Date(surroundings.now()).toISOString());
      surroundings.stdout.write(
        output === 'text' ? finish(lines, look) : await structuredText({ conversations }, output),
      );
      return 0;
    });
  },
});
