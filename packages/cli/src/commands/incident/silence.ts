import { parseDuration } from '@autodevops/domain/duration';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { duration, everywhere, structured } from '../../options/groups.ts';
import { flag, standing, textUpTo } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { incidentIdFrom, nothingAfter } from '../../responding/incident-id.ts';
import { showIncident } from '../../responding/show-incident.ts';

const minute = 60_000;
const longest = 7 * 24 * 60;

/** Whole minutes, rounded up. Throws `usage`. */
function minutesFrom(text: string): number {
  const minutes = Math.ceil((parseDuration(text) ?? 0) / minute);
  if (minutes < 1 || minutes > longest) {
    throw usageError('For how long?', 'Give --for a time of 7 days at most: 30m, 2h, 1d.');
  }
  return minutes;
}

export const incidentSilenceCommand = command({
  operands: 'ID|last',
  description:
    'Keeps an incident from telling anybody, and from asking for updates, for some time; its alerts and findings go on. `--end` ends that.',
  examples: [
    [
      'autodevops incident silence last --for 2h --why "The database is moved until noon"',
      'it is known, and nothing can be done before',
    ],
    ['autodevops incident silence last --end', 'it counts again'],
  ],
  options: {
    for: option(standing(duration, '1h'), { value: 'TIME', says: 'How long: 30m, 2h, 1d; at most 7 days.' }),
    why: option(textUpTo(2000), { value: 'TEXT', says: 'Why nobody has to be told.' }),
    end: option(flag, { says: 'End the silence now.' }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { for: time, why, end },
      positionals,
      signal,
    } = run;
    nothingAfter(positionals, 1);
    const minutes = minutesFrom(time);
    if (!end && (why ?? '').trim() === '') {
      throw usageError(
        'Why has nobody to be told?',
        'Say it with --why: those who wonder about the silence want to know.',
      );
    }
    return await withAgent(run, run.options, async ({ client }) => {
      const id = await incidentIdFrom(positionals[0], client, signal);
      const silenced = end
        ? await client.unsilenceIncident({ params: { id } }, { signal })
        : await client.silenceIncident({ params: { id }, body: { minutes, why: why ?? '' } }, { signal });
      await showIncident(silenced, run);
      return 0;
    });
  },
});
