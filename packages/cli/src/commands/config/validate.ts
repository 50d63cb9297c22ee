import { readConfiguration } from '@autodevops/agentd/read-configuration';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { everywhere } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';

export const configValidateCommand = command({
  operands: 'FILE',
  description:
    'Reads a configuration and tells every mistake with its line and what may have been meant. Nothing is started. Exit codes: 0 valid, 78 not.',
  examples: [['autodevops config validate local-config.yaml', 'before it is used']],
  options: { ...everywhere },
  run: async ({ positionals: [file, more], surroundings }) => {
    if (file === undefined || more !== undefined) throw usageError('Which file?', 'Give one configuration.');
    const text = await surroundings.readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new AutoDevOpsError(
        'config.invalid',
        `${file} cannot be read (${error.code ?? 'unknown'}).`,
        'Name a file that exists and may be read.',
        { cause: error },
      );
    });
    const { mode } = readConfiguration(text, file);
    surroundings.stdout.write(`${printable(file)} is valid, for ${mode} mode.\n`);
    return 0;
  },
});
