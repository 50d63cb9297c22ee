import type { SlashCommand } from '../slash-command.ts';
import { approve } from './approve.ts';
import { killSwitch } from './kill-switch.ts';
import { propose } from './propose.ts';
import { reject } from './reject.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';

/** Scarlet changes things, behind the policy and people's yes. */
export const scarlet: SlashCommand = {
  name: '/scarlet',
  says: 'Propose a fix, decide about it, take it back, stop everything.',
  words: [propose, show, approve, reject, undo, status, killSwitch],
};
