import { z } from 'zod';
import { option } from './option-meta.ts';

/** Which bot is meant. */
export const botOptions = {
  config: option(z.string().default('bot-config.yaml'), {
    value: 'FILE',
    completes: 'files',
    says: 'The configuration of the bot.',
  }),
};
