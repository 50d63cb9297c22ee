import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { incidentIdFrom, nothingAfter } from '../../responding/incident-id.ts';

export const incidentSummaryCommand = command({
  operands: 'ID|last',
  description:
    'Prints what may be told to those who use the service: what a person wrote for them (`incident update --customers`), then since when it is, what is affected (`--service`) and how it stands. No name of the inside is in it.',
  examples: [['autodevops incident summary last', 'for a status page']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      positionals,
      surroundings,
      signal,
    } = run;
    nothingAfter(positionals, 1);
    return await withAgent(run, run.options, async ({ client }) => {
      const summary = await client.customerSummary(
        { params: { id: await incidentIdFrom(positionals[0], client, signal) } },
        { signal },
      );
      surroundings.stdout.write(
        output === 'text' ? `${cleared(summary).text}\n` : await structuredText(summary, output),
      );
      return 0;
    });
  },
});
