import { printable } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { choice, standing } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { structuredText } from '../../render/structured.ts';

/** A database's address may hold a password. */
function withoutPassword(memory: string): string {
  return redact(memory.replace(/^(\w+:\/\/[^:@/]+):[^@]*@/, '$1:[redacted]@'));
}

export const configShowCommand = command({
  operands: '',
  description: 'The configuration in force, with its defaults filled in, and where it is read from.',
  examples: [
    ['autodevops config show', 'as YAML'],
    ['autodevops config show --config local-config.yaml -o json', 'of one file'],
  ],
  options: {
    output: option(standing(choice(['yaml', 'json']), 'yaml'), { short: 'o', value: 'FORMAT', says: 'yaml or json.' }),
    ...agentOptions,
    ...everywhere,
  },
  run: async ({ options, surroundings }) => {
    const { configuration, file, place } = await (await surroundings.agents()).settings(options);
    const {
      agents: { jamie, ...agents },
      ...rest
    } = configuration;
    const shown = { ...rest, agents: { jamie: { ...jamie, memory: withoutPassword(jamie.memory) }, ...agents } };
    surroundings.stderr.write(
      file === undefined
        ? `The defaults; ${printable(place)} would be read if it were there.\n`
        : `From ${printable(file)}.\n`,
    );
    surroundings.stdout.write(await structuredText(shown, options.output));
    return 0;
  },
});
