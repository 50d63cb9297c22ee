import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { table } from '../../terminal/table.ts';

export const peopleTokensCommand = command({
  operands: '',
  description:
    'Tokens that hold, the newest first: whose, by whom, until when. What a token is can be seen nowhere again.',
  examples: [['autodevops people tokens', 'who may come in by a token']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      surroundings,
      look,
      signal,
    } = run;
    return await withAgent(run, run.options, async ({ client }) => {
      const found = await client.tokens({}, { signal });
      const rows = cleared(found.tokens).map(({ id, account, name, issuedBy, issuedAt, expiresAt }) => [
        id,
        account,
        name,
        issuedBy,
        issuedAt,
        expiresAt,
      ]);
      const text =
        rows.length === 0
          ? ['No token holds.']
          : table(look, ['id', 'account', 'name', 'made by', 'made at', 'until'], rows);
      surroundings.stdout.write(output === 'text' ? finish(text, look) : await structuredText(found, output));
      return 0;
    });
  },
});
