import { z } from 'zod';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { option } from '../../options/option-meta.ts';
import { finish } from '../../render/change-text.ts';
import { incidentLines } from '../../render/incident-text.ts';
import { structuredText } from '../../render/structured.ts';
import { nothingAfter } from '../../responding/incident-id.ts';

const countError = { error: 'a whole number from 1 to 500' };

export const incidentListCommand = command({
  operands: '',
  description: 'Incidents, the newest first. They are opened by Alertmanager, by a cause that lasts, and by people.',
  examples: [['autodevops incident list --ongoing', 'those that somebody has to look after']],
  options: z.object({
    ongoing: option(z.boolean().default(false), { says: 'Only those that are not over.' }),
    limit: option(z.coerce.number(countError).int(countError).min(1, countError).max(500, countError).default(20), {
      value: 'COUNT',
      says: 'How many, at most 500.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  }),
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
