import { z } from 'zod';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { option } from '../../options/option-meta.ts';
import { renderChangeList } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';

const countError = { error: 'a whole number from 1 to 500' };

export const changeListCommand = command({
  operands: '',
  description: 'Changes that were proposed, the newest first, and where they stand.',
  examples: [['autodevops change list --open', 'those that are not over']],
  options: z.object({
    open: option(z.boolean().default(false), { says: 'Only those that are not over.' }),
    limit: option(z.coerce.number(countError).int(countError).min(1, countError).max(500, countError).default(20), {
      value: 'COUNT',
      says: 'How many, at most 500.',
    }),
    before: option(z.string().optional(), {
      value: 'ID',
      says: 'Those that were proposed before this one: the next page.',
    }),
    incident: option(z.string().optional(), {
      value: 'ID',
      says: 'Only those of this incident: linked there, or meant to remove a cause of it.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  }),
  run: async (run) => {
    const {
      options: { open, limit, before, incident, output },
      surroundings,
      look,
      signal,
    } = run;
    return await withAgent(run, run.options, async ({ client }) => {
      const found = await client.changes(
        {
          query: {
            limit,
            open: open ? 'true' : 'false',
            ...(before === undefined ? {} : { before }),
            ...(incident === undefined ? {} : { incident }),
          },
        },
        { signal },
      );
      const now = new Date(surroundings.now()).toISOString();
      surroundings.stdout.write(
        output === 'text' ? renderChangeList(found.changes, look, now) : await structuredText(found, output),
      );
      return 0;
    });
  },
});
