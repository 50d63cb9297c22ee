import type { Change, ChangeState } from '@autodevops/domain/change/change';
import { always, message } from '../rendering/budget/message.ts';
import { changeHeadings, changeMarks } from '../rendering/change/change-words.ts';
import { mrkdwn } from '../rendering/text/mrkdwn.ts';
import { bold, code, line, richText, words } from '../rendering/text/rich-text.ts';
import type { SlackMessage } from '../slack/slack-api.ts';

const told: readonly ChangeState[] = ['succeeded', 'undone', 'failed', 'unknown'];

/** Whether something was done that came to an end: people who follow the thread are told, since a card changes silently. */
export function hasOutcome({ state }: Pick<Change, 'state'>): boolean {
  return told.includes(state);
}

/** How a change ended, in one line. */
export function outcomeMessage({ id, state, says }: Change): SlackMessage {
  const heading = `${changeMarks[state]} ${changeHeadings[state]}`;
  return message(`${heading}: ${mrkdwn(says, 250)}`, [
    always(richText(line(bold(heading), words(' · '), words(says, 1000), words(' '), code(id)))),
  ]);
}
