import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { notificationText } from '../text/mrkdwn.ts';
import { fit, messageBounds } from './fit.ts';
import type { Part } from './fit.ts';

/** Blocks that always stand. */
export function always(blocks: readonly KnownBlock[]): Part {
  return { blocks };
}

/** Blocks that stand where there is room, each by itself. */
export function ifRoom(noun: string, blocks: readonly KnownBlock[]): Part {
  return { noun, blocks };
}

/** A message within Slack's limits. `text` is markup: what is foreign in it went through `mrkdwn`. `remedy`: where to see what had no room. */
export function message(text: string, parts: readonly Part[], remedy = ''): SlackMessage {
  return { text: notificationText(text), blocks: fit(parts, messageBounds, remedy).blocks };
}
