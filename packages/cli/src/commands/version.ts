import { command } from '../command.ts';
import { everywhere, structured } from '../options/groups.ts';
import { structuredText } from '../render/structured.ts';

export const versionCommand = command({
  operands: '',
  description: 'The version of autodevops, and of the Node.js that runs it.',
  examples: [['autodevops version -o json', 'for programs']],
  options: { output: structured, ...everywhere },
  run: async ({ options, surroundings }) => {
    const { version, machine } = surroundings;
    const text =
      options.output === 'text'
        ? `autodevops ${version}\n`
        : await structuredText({ version, node: machine.nodeVersion }, options.output);
    surroundings.stdout.write(text);
    return 0;
  },
});
