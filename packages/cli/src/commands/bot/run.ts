import { command } from '../../command.ts';
import { botOptions } from '../../options/bot-options.ts';
import { everywhere } from '../../options/groups.ts';

export const botRunCommand = command({
  operands: '',
  description:
    'Is the bot until it gets a signal to end; then it takes nothing new, ends what is at work, and gives back the rest. Several may run on one Postgres store. Its log goes to stderr, a JSON object a line.',
  examples: [['autodevops bot run --config bot-config.yaml', '']],
  options: { ...botOptions, ...everywhere },
  run: async ({ options: { config }, surroundings, signal }) => {
    await (await surroundings.slack()).run(config, signal);
    return 0;
  },
});
