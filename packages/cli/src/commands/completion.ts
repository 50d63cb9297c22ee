import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';
import { command } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { commandWords } from '../completion/command-words.ts';
import type { CommandWords } from '../completion/command-words.ts';
import { fishCompletion } from '../completion/fish.ts';
import { powershellCompletion } from '../completion/powershell.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { everywhere } from '../options/groups.ts';
import { didYouMean, usageError } from '../options/usage-error.ts';

const shells: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};

export const completionCommand = command({
  operands: 'SHELL',
  description:
    'Prints a script that completes commands, options, contexts and codes; its first line says where to put it. SHELL is bash, zsh, fish or powershell.',
  examples: [
    ['source <(autodevops completion bash)', 'for this shell only'],
    ['autodevops completion fish > ~/.config/fish/completions/autodevops.fish', 'for good'],
  ],
  options: { ...everywhere },
  run: async ({ positionals, surroundings, entries }) => {
    const [shell] = positionals;
    const names = Object.keys(shells);
    if (shell === undefined || positionals.length > 1) {
      throw usageError('Which shell?', `Write autodevops completion ${names.join('|')}.`);
    }
    const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
    if (script === undefined) {
      throw usageError(
        `There is no completion for "${printable(shell)}".`,
        didYouMean([...nearMatches(shell, names)], `There is ${names.join(', ')}.`),
      );
    }
    surroundings.stdout.write(script(await commandWords(entries)));
    return 0;
  },
});
