import { standing, text } from './form.ts';
import { option } from './option.ts';

/** Which bot is meant. */
export const botOptions = {
  config: option(standing(text, 'bot-config.yaml'), {
    value: 'FILE',
    completes: 'files',
    says: 'The configuration of the bot.',
  }),
};
