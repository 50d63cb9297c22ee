import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';
import { incidentIdFrom, wordsAfter } from '../../responding/incident-id.ts';
import { showIncident } from '../../responding/show-incident.ts';

export const incidentResolveCommand = command({
  operands: 'ID|last "WHY"',
  description:
    'Says that an incident is over, and what ended it. One that alerts opened is resolved with its last alert.',
  examples: [['autodevops incident resolve last "The old image is back"', 'it is over']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const { positionals, signal } = run;
    const why = wordsAfter(positionals);
    if (why === '') {
      throw usageError('What ended it?', 'Write it behind the id: those who read the post-mortem want to know.');
    }
    return await withAgent(run, run.options, async ({ client }) => {
      const id = await incidentIdFrom(positionals[0], client, signal);
      await showIncident(await client.resolveIncident({ params: { id }, body: { why } }, { signal }), run);
      return 0;
    });
  },
});
