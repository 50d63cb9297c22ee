import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { IncidentRole } from '@autodevops/domain/incident/incident-event';
import { choice, standing } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { incidentIdFrom, nothingAfter } from '../../responding/incident-id.ts';
import { showIncident } from '../../responding/show-incident.ts';

export const incidentAssignCommand = command({
  operands: 'ID|last [ACCOUNT]',
  description:
    'Gives somebody a role in an incident: you, or the account that you name. Whoever takes one takes the incident up.',
  examples: [
    ['autodevops incident assign last', 'you are the commander'],
    ['autodevops incident assign last http:bob --role communicator', 'Bob tells others'],
  ],
  options: {
    role: option(standing(choice(IncidentRole.options), 'commander'), {
      value: 'ROLE',
      says: 'commander, communicator or responder.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { role },
      positionals,
      signal,
    } = run;
    nothingAfter(positionals, 2);
    return await withAgent(run, run.options, async ({ client }) => {
      const [given, account] = positionals;
      const id = await incidentIdFrom(given, client, signal);
      await showIncident(
        await client.assignIncident(
          { params: { id }, body: { role, ...(account === undefined ? {} : { account }) } },
          { signal },
        ),
        run,
      );
      return 0;
    });
  },
});
