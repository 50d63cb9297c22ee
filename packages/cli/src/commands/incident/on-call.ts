import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { nothingAfter } from '../../responding/incident-id.ts';
import { table } from '../../terminal/table.ts';

export const incidentOnCallCommand = command({
  operands: '',
  description:
    'Who is on call now, by each schedule of the configuration (incidents.onCall), and by which account an escalation tells them.',
  examples: [['autodevops incident on-call', 'whom an incident would tell']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      positionals,
      surroundings,
      look,
      signal,
    } = run;
    nothingAfter(positionals, 0);
    return await withAgent(run, run.options, async ({ client }) => {
      const found = await client.onCall({}, { signal });
      const rows = cleared(found.schedules).flatMap(({ schedule, people, says }) =>
        people.length === 0
          ? [[schedule, says === '' ? 'nobody' : `not known: ${says}`, '']]
          : people.map(({ name, account }) => [schedule, name, account]),
      );
      const text =
        rows.length === 0
          ? ['The configuration names no schedule.']
          : table(look, ['schedule', 'who', 'account'], rows);
      surroundings.stdout.write(output === 'text' ? finish(text, look) : await structuredText(found, output));
      return 0;
    });
  },
});
