import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { incidentIdFrom, nothingAfter } from '../../responding/incident-id.ts';
import { showIncident } from '../../responding/show-incident.ts';

export const incidentAcknowledgeCommand = command({
  operands: 'ID|last',
  description:
    'Says that you have seen an incident and take it up: nobody else is told of it then. `incident assign` makes you its commander besides.',
  examples: [['autodevops incident acknowledge last', 'you are at it']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const { positionals, signal } = run;
    nothingAfter(positionals, 1);
    return await withAgent(run, run.options, async ({ client }) => {
      const id = await incidentIdFrom(positionals[0], client, signal);
      await showIncident(await client.acknowledgeIncident({ params: { id }, body: {} }, { signal }), run);
      return 0;
    });
  },
});
