import type { SlashCommand } from '../slash-command.ts';
import { doctor } from './doctor.ts';
import { link } from './link.ts';
import { unlink } from './unlink.ts';
import { whoami } from './whoami.ts';

export const autodevops: SlashCommand = {
  name: '/autodevops',
  says: 'Link your account, see who you are, find out what does not work.',
  words: [link, unlink, whoami, doctor],
};
