import type { SlashCommand } from '../slash-command.ts';
import { channel } from './channel.ts';
import { show } from './show.ts';

/** For those who run Auto-DevOps for many customers; what they administer there, this bot does not see. */
export const customer: SlashCommand = {
  name: '/customer',
  says: 'Which customer this bot serves here, and what this channel is for.',
  words: [show, channel],
};
