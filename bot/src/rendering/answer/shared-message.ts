import { smallPrint } from '../blocks/plain-blocks.ts';
import { messageBounds } from '../budget/fit.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';

/** An answer as everybody in the channel sees it, with who asked for it and without its buttons: they were for him. */
export function sharedMessage({ text, blocks }: SlackMessage, name: string): SlackMessage {
  const by = smallPrint(`Asked for and shared by ${name}.`);
  const said = blocks.filter(({ type }) => type !== 'actions');
  return { text, blocks: [...said.slice(0, messageBounds.blocks - by.length), ...by] };
}
