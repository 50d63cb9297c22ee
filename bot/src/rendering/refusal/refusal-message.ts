import { always, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { bold, line, richText, sentence } from '../text/rich-text.ts';

/** Why somebody may not do something here, told to him alone. Each names what he can do about it. */
export const refusals = {
  stranger: [
    'Only people of this workspace can do that.',
    'You are a guest from another company in this channel. Ask somebody of the workspace that the app is installed in.',
  ],
  guest: ['Guests cannot do that.', 'Ask a full member of this workspace.'],
  bot: ['Apps and bots cannot do that.', 'A person has to.'],
  deactivated: ['This account is deactivated.', 'Ask an administrator of the workspace.'],
  'not-linked': [
    'I do not know who you are in Auto-DevOps yet.',
    'Link your Slack account: `/autodevops link` does it or explains how.',
  ],
  'unknown-team': [
    'This workspace is not set up for Auto-DevOps.',
    'Ask whoever runs the bot: `autodevops slack doctor` says there what is missing.',
  ],
  'unmapped-channel': [
    'This channel belongs to no cluster yet.',
    'Somebody with the role admin connects it: `/customer channel incidents`.',
  ],
  suspended: [
    'I say nothing in this channel at the moment, because people from outside may read here.',
    'Somebody with the role admin can allow it with `/customer channel allow`, or use a channel of this workspace alone.',
  ],
  'too-many': ['You ask faster than I can answer.', 'Wait a minute, then ask again.'],
  'old-button': ['This button is from an older version.', 'Ask for the message again, and use the button there.'],
} as const satisfies Record<string, readonly [string, string]>;
export type Refusal = keyof typeof refusals;

export function refusalMessage(refusal: Refusal): SlackMessage {
  const [what, remedy] = refusals[refusal];
  return message(what, [always(richText(line(bold(what)), line(...sentence(remedy))))]);
}
