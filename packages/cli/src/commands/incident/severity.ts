import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { standing, textUpTo } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { incidentIdFrom, nothingAfter } from '../../responding/incident-id.ts';
import { showIncident } from '../../responding/show-incident.ts';

export const incidentSeverityCommand = command({
  operands: 'ID|last SEVERITY',
  description: 'Says how bad an incident is for those who use the service: sev1 is the worst, sev4 the mildest.',
  examples: [['autodevops incident severity last sev1 --why "Nobody can pay"', 'it is worse than it looked']],
  options: {
    why: option(standing(textUpTo(2000), ''), { value: 'TEXT', says: 'What made you say so.' }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { why },
      positionals,
      signal,
    } = run;
    const severity = IncidentSeverity.safeParse(positionals[1]).data;
    nothingAfter(positionals, 2);
    if (severity === undefined) throw usageError('How bad is it?', 'Write sev1, sev2, sev3 or sev4 behind the id.');
    return await withAgent(run, run.options, async ({ client }) => {
      const id = await incidentIdFrom(positionals[0], client, signal);
      await showIncident(
        await client.setIncidentSeverity({ params: { id }, body: { severity, why } }, { signal }),
        run,
      );
      return 0;
    });
  },
});
