import { printable } from '@autodevops/domain/printable';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { standing, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';

const countWanted = 'a whole number from 1 to 10000';

export const agentLogsCommand = command({
  operands: '',
  description: "The last lines that the agent's process wrote: one JSON object a line, without secrets.",
  examples: [['autodevops agent logs --lines 100', 'the last hundred']],
  options: {
    lines: option(standing(wholeNumber(1, 10_000, countWanted), 50), {
      value: 'COUNT',
      says: 'How many, at most 10000.',
    }),
    ...agentOptions,
    ...everywhere,
  },
  run: async ({ options, surroundings }) => {
    const { log } = await (await surroundings.agents()).look(options);
    const text = await surroundings.readFile(log).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new AutoDevOpsError(
        'agent.unreachable',
        `${log} cannot be read (${error.code ?? 'unknown'}).`,
        'Correct the rights of the file.',
        { cause: error },
      );
    });
    const lines = text
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .slice(-options.lines);
    surroundings.stdout.write(
      lines.length === 0 ? `Nothing is in ${printable(log)}.\n` : lines.map((line) => `${printable(line)}\n`).join(''),
    );
    return 0;
  },
});
