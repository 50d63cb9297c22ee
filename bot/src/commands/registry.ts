import type { Handler } from '../handling/handler.ts';
import { proposeFix } from './answers/propose-fix.ts';
import { showCause } from './answers/show-cause.ts';
import { autodevops } from './autodevops/autodevops.ts';
import { customer } from './customer/customer.ts';
import { incident } from './incident/incident.ts';
import { nextPage } from './incident/next-page.ts';
import { jamie } from './jamie/jamie.ts';
import { scarlet } from './scarlet/scarlet.ts';
import { shareAnswer } from './sharing/share-answer.ts';
import { slashCommand } from './slash-command.ts';
import type { SlashCommand } from './slash-command.ts';

export const slashCommands: readonly SlashCommand[] = [jamie, scarlet, incident, customer, autodevops];

/** Slash commands, and the buttons of their answers. */
export const commandHandlers: readonly Handler[] = [
  ...slashCommands.map(slashCommand),
  shareAnswer,
  nextPage,
  proposeFix,
  showCause,
];
