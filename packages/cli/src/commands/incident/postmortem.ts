import { z } from 'zod';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { incidentIdFrom, nothingAfter } from '../../responding/incident-id.ts';

export const incidentPostmortemCommand = command({
  operands: 'ID|last',
  description: 'Prints a draft of the post-mortem as Markdown: timeline, impact, cause, times and actions as they are known. What only people know is asked for in italics.',
  examples: [['autodevops incident postmortem last > postmortem.md', 'of the newest one, into a file']],
  options: z.object({ ...agentOptions, ...everywhere }),
  run: async (run) => {
    const { positionals, surroundings, signal } = run;
    nothingAfter(positionals, 1);
    return await withAgent(run, run.options, async ({ client }) => {
      const id = await incidentIdFrom(positionals[0], client, signal);
      surroundings.stdout.write((await client.postMortem({ params: { id } }, { signal })).markdown);
      return 0;
    });
  },
});
