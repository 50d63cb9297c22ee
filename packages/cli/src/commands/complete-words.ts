import { command } from '../command.ts';
import { everywhere } from '../options/groups.ts';

/** For completion scripts: the words that only this machine knows, one a line. Quiet when it knows none. */
export const completeWordsCommand = command({
  operands: 'WHAT',
  description: 'Prints contexts or codes for completion scripts.',
  examples: [],
  options: { ...everywhere },
  run: async ({ positionals, surroundings }) => {
    let words: readonly string[] = [];
    if (positionals[0] === 'codes') words = [...(await import('@autodevops/agent-core/catalogue')).catalogue.keys()];
    else if (positionals[0] === 'contexts') {
      words = await surroundings.contextFacts({}).then(
        (facts) => facts.contexts,
        () => [],
      );
    }
    // A name that a shell would split or act on is left out.
    surroundings.stdout.write(
      words
        .filter((word) => /^[\w.:@/-]+$/.test(word))
        .map((word) => `${word}\n`)
        .join(''),
    );
    return 0;
  },
});
