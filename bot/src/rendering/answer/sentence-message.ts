import { always, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { line, richText, words } from '../text/rich-text.ts';

/** A short answer, a sentence for each paragraph; names in them are shown as they are. */
export function sentenceMessage(first: string, ...more: readonly string[]): SlackMessage {
  return message(mrkdwn(first, 300), [
    always(richText(...[first, ...more].slice(0, 5).map((text) => line(words(text, 1500))))),
  ]);
}
