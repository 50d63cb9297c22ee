import { listed } from '@autodevops/domain/count-words';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { listOf, standing, text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { cleared } from '../../render/cleared.ts';
import { personIdFrom } from '../../ruling/person-id.ts';
import { structuredText } from '../../render/structured.ts';

export const peopleAddCommand = command({
  operands: 'NAME',
  description:
    'Links a person to accounts and roles, or replaces the links that the id has. Roles that say what one may do here: viewer, operator, approver, admin; a policy may name others.',
  examples: [
    [
      'autodevops people add "Ann Lee" --account local:ann --account slack:T1/U2 --role approver',
      'one person with two accounts',
    ],
    ['autodevops people add Ben --account local:ben --role operator', 'may propose, not agree'],
  ],
  options: {
    id: option(text, { value: 'ID', says: "The person's id; made from the name when absent." }),
    account: option(standing(listOf(text), []), {
      value: 'ACCOUNT',
      says: 'An account: local:USER, slack:TEAM/USER, or email:ADDRESS, by which surfaces may link another; may be repeated.',
    }),
    role: option(standing(listOf(text), []), { value: 'ROLE', says: 'A role; may be repeated.' }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { id: given, account, role, output },
      positionals,
      surroundings,
      signal,
    } = run;
    const name = positionals.join(' ').trim();
    if (name === '') {
      throw usageError(
        'Who?',
        'Write for example: autodevops people add "Ann Lee" --account local:ann --role approver',
      );
    }
    const id = given ?? personIdFrom(name);
    if (id === '') throw usageError('The name gives no id.', 'Add --id ID.');
    return await withAgent(run, run.options, async ({ client }) => {
      const person = await client.putPerson({ body: { id, name, accounts: account, roles: role } }, { signal });
      const { accounts, roles, ...shown } = cleared(person);
      const text = `${shown.name} (${shown.id}) is linked to ${listed(accounts, 5) || 'no account'}, with ${roles.length === 0 ? 'no role' : `the ${roles.length === 1 ? 'role' : 'roles'} ${listed(roles, 5)}`}.\n`;
      surroundings.stdout.write(output === 'text' ? text : await structuredText(person, output));
      return 0;
    });
  },
});
