import { always, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, code, line, richText, when, words } from '../text/rich-text.ts';

/** In the small print of a card that may be old. */
export function stalenessText(cluster: string, since: string): string {
  return `The agent of ${cluster} has not answered since ${since.slice(0, 16).replace('T', ' ')} UTC: this may be old.`;
}

/** Said once in a customer's channel when his agent does not answer. */
export function agentAway(cluster: string, since: string): SlackMessage {
  return message(`The agent of ${mrkdwn(cluster, 100)} does not answer.`, [always(richText(line(
    bold('⚠️ The agent of '), code(cluster), bold(' does not answer'), words(' since '), when(since),
    words('. What stands here may be old, alerts still reach it when it is back, and nothing can be approved until then.'),
  )))]);
}

/** The same message, changed in place, when it answers again. */
export function agentBack(cluster: string, since: string, until: string): SlackMessage {
  return message(`The agent of ${mrkdwn(cluster, 100)} answers again.`, [always(richText(line(
    words('✅ The agent of '), code(cluster), words(' answers again. It was away from '), when(since), words(' to '), when(until), words('.'),
  )))]);
}
