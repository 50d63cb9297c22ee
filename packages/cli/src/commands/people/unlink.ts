import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';

export const peopleUnlinkCommand = command({
  operands: 'ACCOUNT',
  description:
    "Takes one account from the person who has it: one of your own, or anybody's if you administer the agent. What that person may do stays; `people remove` unlinks the whole person.",
  examples: [['autodevops people unlink slack:T1/U2', 'after that account was lost to somebody else']],
  options: { ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      positionals: [account, more],
      surroundings,
      signal,
    } = run;
    if (account === undefined || more !== undefined) {
      throw usageError('Which account?', 'Give one; `autodevops people list` shows them.');
    }
    return await withAgent(run, run.options, async ({ client }) => {
      const person = await client.removeAccount({ params: { account } }, { signal });
      surroundings.stdout.write(`${printable(account)} is not ${printable(person.name)}'s any more.\n`);
      return 0;
    });
  },
});
