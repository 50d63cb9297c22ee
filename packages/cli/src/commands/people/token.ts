import { z } from 'zod';
import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { option } from '../../options/option-meta.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { shellWord } from '../../render/shell-word.ts';
import { structuredText } from '../../render/structured.ts';
import type { Look } from '../../terminal/look.ts';
import { paint } from '../../terminal/paint.ts';
import { hang } from '../../terminal/wrap.ts';

const longest = 60 * 24 * 30;
const minutesError = { error: `a whole number of minutes from 1 to ${longest}` };

interface Made {
  readonly account: string;
  readonly token: string;
  readonly expiresAt: string;
  /** Whether a person is linked to the account, without whom it has no rights. */
  readonly linked: boolean;
}

function tokenLines({ account, token, expiresAt, linked }: Made, look: Look): readonly string[] {
  return [
    ...hang('', `A token of ${printable(account)}, until ${expiresAt}. It is shown this once, and kept nowhere:`, look.columns),
    '',
    // Never wrapped: it is copied from here.
    `   ${token}`,
    '',
    ...hang('', 'Give it to the command line as AUTODEVOPS_TOKEN, or send it as "Authorization: Bearer TOKEN". Whoever has it is that account.', look.columns),
    ...(linked ? [] : hang('', `Nobody is linked to ${printable(account)}, so it may do nothing yet: autodevops people add NAME --account ${shellWord(account)} --role ROLE`, look.columns).map((line) => paint(look, 'yellow', line))),
    ...hang('', `End it with: autodevops people revoke ${shellWord(account)}`, look.columns).map((line) => paint(look, 'dim', line)),
  ];
}

export const peopleTokenCommand = command({
  operands: 'ACCOUNT',
  description: 'Makes a token by which a program, or a command line that reaches the agent over TCP, is that account. It is shown once; the agent keeps only its hash. What it may do is what the person who is linked to the account may do.',
  examples: [
    ['autodevops people token http:ci --minutes 30', 'for one run of a program'],
    ['AUTODEVOPS_TOKEN=... autodevops change list --config agent.yaml', 'use it where the agent listens on TCP'],
  ],
  options: z.object({
    minutes: option(z.coerce.number(minutesError).int(minutesError).min(1, minutesError).max(longest, minutesError).default(60), { value: 'COUNT', says: 'How long it holds, at most 43200 (30 days).' }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  }),
  run: async (run) => {
    const { options: { minutes, output }, positionals: [account, more], surroundings, look, signal } = run;
    if (account === undefined || more !== undefined) throw usageError('For which account?', 'Give one, as `people add` takes it: http:NAME, local:USER, slack:TEAM/USER.');
    return await withAgent(run, run.options, async ({ client }) => {
      const person = (await client.people({}, { signal })).people.find(({ accounts }) => accounts.includes(account));
      const made = await client.issueToken({ body: { account, name: person?.name ?? account.slice(0, 100), minutes } }, { signal });
      surroundings.stdout.write(output === 'text' ? finish(tokenLines({ account, ...made, linked: person !== undefined }, look), look) : await structuredText({ account, ...made, linked: person !== undefined }, output));
      return 0;
    });
  },
});
