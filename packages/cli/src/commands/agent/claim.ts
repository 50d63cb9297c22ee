import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { givenFile } from '../../options/given-file.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { standing, text, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';
import { tokenLines } from '../../render/token-lines.ts';
import { personIdFrom } from '../../ruling/person-id.ts';
import type { Surroundings } from '../../surroundings.ts';

const longest = 60 * 24;
const minutesWanted = `a whole number of minutes from 1 to ${longest}`;

/** From a file or the environment: what stands on a command line is seen by everybody on the machine. */
async function bootstrapToken(file: string | undefined, surroundings: Surroundings): Promise<string> {
  const text =
    file === undefined
      ? surroundings.stdout.facts.env['AUTODEVOPS_BOOTSTRAP_TOKEN']
      : await givenFile(file, surroundings);
  const token = text?.trim() ?? '';
  if (token === '') {
    throw usageError(
      'No bootstrap token is given.',
      'Name its file with --token-file, or set AUTODEVOPS_BOOTSTRAP_TOKEN.',
    );
  }
  return token;
}

export const agentClaimCommand = command({
  operands: 'NAME',
  description:
    'Makes a person the first administrator of an agent that nobody administers, by a bootstrap token (`agent bootstrap-token`, or the Secret of bootstrap.tokenFile). The token is good once. Shows a short-lived token of that person, with which others are let in (`people add`, `people token`).',
  examples: [
    [
      'autodevops agent claim "Ann Lee" --account http:ann --token-file ./bootstrap-token --config agent.yaml',
      "over TCP, as the agent's configuration says",
    ],
  ],
  options: {
    account: option(text, {
      value: 'ACCOUNT',
      says: 'The account that the token is for; http:ID when absent.',
    }),
    id: option(text, { value: 'ID', says: "The person's id; made from the name when absent." }),
    tokenFile: option(text, {
      value: 'FILE',
      completes: 'files',
      says: 'Holds the bootstrap token; AUTODEVOPS_BOOTSTRAP_TOKEN when absent.',
    }),
    minutes: option(standing(wholeNumber(1, longest, minutesWanted), 60), {
      value: 'COUNT',
      says: 'How long the token that is shown holds, at most 1440 (a day).',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { account: given, id: wanted, tokenFile, minutes, output },
      positionals,
      surroundings,
      look,
      signal,
    } = run;
    const name = positionals.join(' ').trim();
    const id = wanted ?? personIdFrom(name);
    if (name === '' || id === '') {
      throw usageError(
        'Who is to administer the agent?',
        'Write for example: autodevops agent claim "Ann Lee" --account http:ann',
      );
    }
    const account = given ?? `http:${id}`;
    const token = await bootstrapToken(tokenFile, surroundings);
    return await withAgent(run, run.options, async ({ client }) => {
      const made = await client.claim({ body: { token, id, name, account, minutes } }, { signal });
      surroundings.stdout.write(
        output === 'text'
          ? finish(tokenLines({ account, token: made.token, expiresAt: made.expiresAt, linked: true }, look), look)
          : await structuredText({ account, ...made }, output),
      );
      return 0;
    });
  },
});
