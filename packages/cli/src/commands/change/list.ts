import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { flag, standing, text, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { renderChangeList } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';

const countWanted = 'a whole number from 1 to 500';

export const changeListCommand = command({
  operands: '',
  description: 'Changes that were proposed, the newest first, and where they stand.',
  examples: [['autodevops change list --open', 'those that are not over']],
  options: {
    open: option(flag, { says: 'Only those that are not over.' }),
    limit: option(standing(wholeNumber(1, 500, countWanted), 20), {
      value: 'COUNT',
      says: 'How many, at most 500.',
    }),
    before: option(text, {
      value: 'ID',
      says: 'Those that were proposed before this one: the next page.',
    }),
    incident: option(text, {
      value: 'ID',
      says: 'Only those of this incident: linked there, or meant to remove a cause of it.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
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
