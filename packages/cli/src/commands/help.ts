import { command, groupOf } from '../command.ts';
import { commandHelp } from '../help/command-help.ts';
import { groupHelp } from '../help/group-help.ts';
import { everywhere } from '../options/groups.ts';
import { didYouMean, usageError } from '../options/usage-error.ts';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';

export const helpCommand = command({
  operands: '[COMMAND]',
  description: 'What a command does and takes. Without a command: the overview.',
  examples: [['autodevops help diagnose', 'the same as autodevops diagnose --help']],
  options: { ...everywhere },
  run: async ({ positionals, surroundings, look, entries }) => {
    const wanted = positionals.join(' ');
    const group = entries.filter((candidate) => groupOf(candidate) === wanted);
    if (group.length > 0) {
      surroundings.stdout.write(groupHelp(wanted, group, look));
      return 0;
    }
    const entry = entries.find((candidate) => candidate.name === wanted);
    const near = nearMatches(
      wanted,
      entries.map(({ name }) => name).filter((name) => !name.startsWith('__')),
    );
    if (entry === undefined) {
      throw usageError(
        `There is no command "${printable(wanted)}".`,
        didYouMean(near, '`autodevops help` lists the commands.'),
      );
    }
    surroundings.stdout.write(commandHelp(entry, await entry.load(), look));
    return 0;
  },
});
