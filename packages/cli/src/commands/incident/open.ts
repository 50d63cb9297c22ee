import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { choice, standing } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { showIncident } from '../../responding/show-incident.ts';

export const incidentOpenCommand = command({
  operands: '"TITLE"',
  description: 'Opens an incident. Jamie looks at the cluster at once and writes what she sees to its timeline.',
  examples: [['autodevops incident open "Customers cannot pay" --severity sev1', 'as soon as somebody notices']],
  options: {
    severity: option(standing(choice(IncidentSeverity.options), 'sev3'), {
      value: 'SEVERITY',
      says: 'sev1 (the worst) to sev4.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { severity },
      positionals,
      signal,
    } = run;
    const title = positionals.join(' ').trim();
    if (title === '') {
      throw usageError('What is wrong?', 'Write a title: autodevops incident open "Customers cannot pay".');
    }
    return await withAgent(run, run.options, async ({ client }) => {
      await showIncident(await client.openIncident({ body: { title, severity } }, { signal }), run);
      return 0;
    });
  },
});
