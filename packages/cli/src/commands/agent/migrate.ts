import { command } from '../../command.ts';
import { everywhere } from '../../options/groups.ts';
import { standing, text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';

export const agentMigrateCommand = command({
  operands: '',
  description:
    "Makes or updates the agent's tables in PostgreSQL, and gives the role that the agent runs as the rights that it needs and no more. Run it as the role that owns the tables, before a newer agent is started; what was done already is done no second time.",
  examples: [['autodevops agent migrate --role autodevops_agent', "with the owner's address in AGENT_DATABASE_OWNER"]],
  options: {
    role: option(text, { value: 'NAME', says: 'The role that the agent runs as.' }),
    owner: option(standing(text, 'AGENT_DATABASE_OWNER'), {
      value: 'VARIABLE',
      says: "The environment variable that holds the owner's address (postgres://...).",
    }),
    ...everywhere,
  },
  run: async ({ options: { role, owner }, surroundings }) => {
    if (role === undefined) throw usageError('Which role does the agent run as?', 'Give --role.');
    const address = surroundings.environment[owner] ?? '';
    if (address === '') {
      throw usageError(
        `${owner} is not set.`,
        'Put the address of the database there, as the role that owns the tables.',
      );
    }
    await (await surroundings.keeping()).migrate(address, role);
    surroundings.stdout.write('The tables are up to date.\n');
    return 0;
  },
});
