import type { AgentClient } from '@autodevops/agentd/client';
import type { RichTextSection } from '@slack/types';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { always, message } from '../budget/message.ts';
import { blank, bold, line, richText, when, words } from '../text/rich-text.ts';

export type KillSwitch = Awaited<ReturnType<AgentClient['killSwitch']>>;

/** How the kill switch stands, with who turned it and why. */
export function killSwitchLine({ on, by, why, since }: KillSwitch): RichTextSection | undefined {
  const turned =
    by === ''
      ? []
      : [words(' · turned by '), words(by, 100), blank, when(since), why === '' ? undefined : words(`: ${why}`, 500)];
  return line(bold(on ? '🛑 The kill switch is on: nothing is executed.' : 'The kill switch is off.'), ...turned);
}

export function killSwitchMessage(killSwitch: KillSwitch): SlackMessage {
  return message(killSwitch.on ? 'The kill switch is on.' : 'The kill switch is off.', [
    always(richText(killSwitchLine(killSwitch))),
  ]);
}
