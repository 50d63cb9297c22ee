import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { standing, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';
import { tokenLines } from '../../render/token-lines.ts';

const longest = 60 * 24 * 30;
const minutesWanted = `a whole number of minutes from 1 to ${longest}`;

export const peopleTokenCommand = command({
  operands: 'ACCOUNT',
  description:
    'Makes a token by which a program, or a command line that reaches the agent over TCP, is that account. It is shown once; the agent keeps only its hash. What it may do is what the person who is linked to the account may do.',
  examples: [
    ['autodevops people token http:ci --minutes 30', 'for one run of a program'],
    ['AUTODEVOPS_TOKEN=... autodevops change list --config agent.yaml', 'use it where the agent listens on TCP'],
  ],
  options: {
    minutes: option(standing(wholeNumber(1, longest, minutesWanted), 60), {
      value: 'COUNT',
      says: 'How long it holds, at most 43200 (30 days).',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { minutes, output },
      positionals: [account, more],
      surroundings,
      look,
      signal,
    } = run;
    if (account === undefined || more !== undefined) {
      throw usageError(
        'For which account?',
        'Give one, as `people add` takes it: http:NAME, local:USER, slack:TEAM/USER.',
      );
    }
    return await withAgent(run, run.options, async ({ client }) => {
      const person = (await client.people({}, { signal })).people.find(({ accounts }) => accounts.includes(account));
      const made = await client.issueToken(
        { body: { account, name: person?.name ?? account.slice(0, 100), minutes } },
        { signal },
      );
      surroundings.stdout.write(
        output === 'text'
          ? finish(tokenLines({ account, ...made, linked: person !== undefined }, look), look)
          : await structuredText({ account, ...made, linked: person !== undefined }, output),
      );
      return 0;
    });
  },
});
