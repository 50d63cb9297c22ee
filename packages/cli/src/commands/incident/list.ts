import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { flag, standing, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { finish } from '../../render/change-text.ts';
import { incidentLines } from '../../render/incident-text.ts';
import { structuredText } from '../../render/structured.ts';
import { nothingAfter } from '../../responding/incident-id.ts';

const countWanted = 'a whole number from 1 to 500';

export const incidentListCommand = command({
  operands: '',
  description: 'Incidents, the newest first. They are opened by Alertmanager, by a cause that lasts, and by people.',
  examples: [['autodevops incident list --ongoing', 'those that somebody has to look after']],
  options: {
    ongoing: option(flag, { says: 'Only those that are not over.' }),
    limit: option(standing(wholeNumber(1, 500, countWanted), 20), {
      value: 'COUNT',
      says: 'How many, at most 500.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { ongoing, limit, output },
      positionals,
      surroundings,
      look,
      signal,
    } = run;
    nothingAfter(positionals, 0);
    return await withAgent(run, run.options, async ({ client }) => {
      const { incidents } = await client.incidents(
        { query: { ongoing: ongoing ? 'true' : 'false', limit } },
        { signal },
      );
      const lines =
        incidents.length === 0
          ? ['There is no incident.']
          : incidentLines(incidents, look, new Date(surroundings.now()).toISOString());
      surroundings.stdout.write(output === 'text' ? finish(lines, look) : await structuredText({ incidents }, output));
      return 0;
    });
  },
});
