import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';

export const peopleRemoveCommand = command({
  operands: 'ID',
  description: 'Unlinks a person from all accounts and roles. What the person agreed to before stays in the audit log.',
  examples: [['autodevops people remove ann-lee', 'by the id of `people list`']],
  options: { ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      positionals: [id, more],
      surroundings,
      signal,
    } = run;
    if (id === undefined || more !== undefined) {
      throw usageError('Which person?', 'Give one id; `autodevops people list` shows them.');
    }
    return await withAgent(run, run.options, async ({ client }) => {
      const { people } = await client.people({}, { signal });
      if (!people.some((person) => person.id === id)) {
        throw usageError(`Nobody has the id "${printable(id)}".`, '`autodevops people list` shows who is linked.');
      }
      await client.removePerson({ params: { person: id } }, { signal });
      surroundings.stdout.write(`${printable(id)} is not linked any more.\n`);
      return 0;
    });
  },
});
