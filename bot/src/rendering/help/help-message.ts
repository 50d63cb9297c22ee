import { always, ifRoom, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, code, line, list, richText, words } from '../text/rich-text.ts';

/** One way to use a command: `/jamie ask QUESTION`, and what it does in one sentence. */
export interface Usage {
  readonly usage: string;
  readonly does: string;
  readonly example?: string;
}

/** What a command can do. `says`: one sentence about it. */
export function helpMessage(command: string, says: string, usages: readonly Usage[]): SlackMessage {
  return message(`How to use ${mrkdwn(command, 50)}`, [
    always(richText(line(bold(command, 50), words(` ${says}`)))),
    ...usages.map(({ usage, does, example }) =>
      ifRoom(
        'usage',
        richText(
          list([
            line(
              code(usage),
              words(` ${does}`),
              example === undefined ? undefined : words(' For example: '),
              example === undefined ? undefined : code(example),
            ),
          ]),
        ),
      ),
    ),
  ]);
}
