import type { PlainTextElement } from '@slack/types';
import { shown } from './shown.ts';

/** Text that Slack shows as it is: no formatting, no mentions, no links, no `:emoji:`. Slack refuses an empty one: a dash stands for it. */
export function plainText(text: string, most: number): PlainTextElement {
  const line = shown(text, most);
  return { type: 'plain_text', text: line === '' ? '–' : line, emoji: false };
}
