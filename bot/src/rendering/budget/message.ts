import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { notificationText } from '../text/mrkdwn.ts';
import { readAloud } from '../text/read-aloud.ts';
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

/** In one sentence first, which is all of it that a notification has room for; then whole, unless it begins with that sentence itself. */
function wordsOf(summary: string, blocks: readonly KnownBlock[]): string {
  const whole = readAloud(blocks);
  return whole.startsWith(summary) ? whole : `${summary}\n${whole}`.trimEnd();
}

/** A message within Slack's limits. `text` is markup: what is foreign in it went through `mrkdwn`. `remedy`: where to see what had no room. */
export function message(text: string, parts: readonly Part[], remedy = ''): SlackMessage {
  const { blocks } = fit(parts, messageBounds, remedy);
  return { text: wordsOf(notificationText(text), blocks), blocks };
}
