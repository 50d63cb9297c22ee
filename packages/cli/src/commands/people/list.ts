import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { table } from '../../terminal/table.ts';

export const peopleListCommand = command({
  operands: '',
  description: 'People who are linked to accounts, with their roles. Approvals count people, not accounts.',
  examples: [['autodevops people list', 'who may agree to what']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      surroundings,
      look,
      signal,
    } = run;
    return await withAgent(run, run.options, async ({ client }) => {
      const found = await client.people({}, { signal });
      const rows = cleared(found.people).map(({ id, name, roles, accounts }) => [
        id,
        name,
        roles.join(', '),
        accounts.join(', '),
      ]);
      const text =
        rows.length === 0
          ? ['Nobody is linked. In local mode the user of this machine decides alone where one yes is enough.']
          : table(look, ['id', 'name', 'roles', 'accounts'], rows);
      surroundings.stdout.write(output === 'text' ? finish(text, look) : await structuredText(found, output));
      return 0;
    });
  },
});
