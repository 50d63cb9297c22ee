import { z } from 'zod';
import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';

export const peopleRevokeCommand = command({
  operands: 'ACCOUNT',
  description: 'Ends every token of an account at once. The account stays linked; `people remove` unlinks the person.',
  examples: [['autodevops people revoke http:ci', 'after a token was seen by others']],
  options: z.object({ ...agentOptions, ...everywhere }),
  run: async (run) => {
    const { positionals: [account, more], surroundings, signal } = run;
    if (account === undefined || more !== undefined) throw usageError('Of which account?', 'Give one, as `people token` took it.');
    return await withAgent(run, run.options, async ({ client }) => {
      await client.revokeTokens({ params: { account } }, { signal });
      surroundings.stdout.write(`No token of ${printable(account)} holds any more.\n`);
      return 0;
    });
  },
});
