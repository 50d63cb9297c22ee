import type { SlashCommand } from '../slash-command.ts';
import { assign } from './assign.ts';
import { list } from './list.ts';
import { open } from './open.ts';
import { postmortem } from './postmortem.ts';
import { resolve } from './resolve.ts';
import { severity } from './severity.ts';
import { show } from './show.ts';
import { update } from './update.ts';

export const incident: SlashCommand = {
  name: '/incident',
  says: 'Open an incident, say how it stands, end it, draft its post-mortem.',
  words: [open, list, show, assign, severity, update, resolve, postmortem],
};
