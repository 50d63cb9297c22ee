import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';

export const peopleRevokeCommand = command({
  operands: 'ACCOUNT',
  description:
    'Ends every token of an account at once, or one of them. The account stays linked; `people remove` unlinks the person.',
  examples: [
    ['autodevops people revoke http:ci', 'after a token was seen by others'],
    ['autodevops people revoke http:ci --token tok-0f3a9c1b2d4e', 'one, by the id of `people tokens`'],
  ],
  options: {
    token: option(text, { value: 'ID', says: 'Only the token with this id.' }),
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { token },
      positionals: [account, more],
      surroundings,
      signal,
    } = run;
    if (account === undefined || more !== undefined) {
      throw usageError('Of which account?', 'Give one, as `people token` took it.');
    }
    return await withAgent(run, run.options, async ({ client }) => {
      await client.revokeTokens({ params: { account }, query: { token } }, { signal });
      surroundings.stdout.write(
        token === undefined
          ? `No token of ${printable(account)} holds any more.\n`
          : `${printable(token)} of ${printable(account)} holds no more.\n`,
      );
      return 0;
    });
  },
});
