import { catalogue } from '@autodevops/agent-core/catalogue';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';
import { command } from '../command.ts';
import { everywhere, structured } from '../options/groups.ts';
import { didYouMean, usageError } from '../options/usage-error.ts';
import { codeList, codeText } from '../render/code-text.ts';
import { structuredText } from '../render/structured.ts';

export const explainCommand = command({
  operands: '[CODE]',
  description:
    'What a code means, how it is recognised, what to do and what not to do. Without a code (or with the beginning of one): the list.',
  examples: [
    ['autodevops explain', 'every code'],
    ['autodevops explain pod.image.not-found', 'one of them'],
  ],
  options: { output: structured, ...everywhere },
  run: async ({ options, positionals, surroundings, look }) => {
    if (positionals.length > 1) {
      throw usageError('`autodevops explain` takes one code.', 'Ask for one after the other.');
    }
    const code = (positionals[0] ?? '').toLowerCase().replace(/[.*]+$/, '');
    const all = [...catalogue.values()];
    const entry = catalogue.get(code);
    const chosen =
      entry === undefined
        ? all.filter((e) => code === '' || e.code.startsWith(`${code}.`) || e.group === code)
        : [entry];
    if (chosen.length === 0) {
      const near = nearMatches(code, catalogue.keys());
      throw usageError(`There is no code "${printable(code)}".`, didYouMean(near, '`autodevops explain` lists them.'));
    }
    if (options.output !== 'text') surroundings.stdout.write(await structuredText(entry ?? chosen, options.output));
    else surroundings.stdout.write(entry === undefined ? codeList(chosen, look) : codeText(entry, look));
    return 0;
  },
});
