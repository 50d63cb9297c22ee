import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { incidentIdFrom, nothingAfter } from '../../responding/incident-id.ts';
import { showIncident } from '../../responding/show-incident.ts';

export const incidentShowCommand = command({
  operands: 'ID|last',
  description: 'One incident: its causes, its alerts, who works on it, and every fact with who said it.',
  examples: [['autodevops incident show last', 'the newest one']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const { positionals, signal } = run;
    nothingAfter(positionals, 1);
    return await withAgent(run, run.options, async ({ client }) => {
      await showIncident(
        await client.incident({ params: { id: await incidentIdFrom(positionals[0], client, signal) } }, { signal }),
        run,
      );
      return 0;
    });
  },
});
