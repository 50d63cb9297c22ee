import { counted } from '@autodevops/domain/count-words';
import type { TimelineRow } from '@autodevops/domain/incident/incident';
import { always, ifRoom, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { saidBy } from './said-by.ts';
import { blank, bold, line, richText, when, words } from '../text/rich-text.ts';

/** What happened since somebody looked last: rows of the timeline, oldest first. */
export function awaySummary(title: string, rows: readonly TimelineRow[], since: string): SlackMessage {
  const heading =
    rows.length === 0
      ? 'Nothing happened while you were away'
      : `While you were away: ${counted(rows.length, 'thing')} happened`;
  return message(
    `${heading}. ${mrkdwn(title, 200)}`,
    [
      always(richText(line(bold(heading), words(' · '), words(title, 200), words(' · since '), when(since)))),
      // The newest matter most: what has no room is older.
      ...rows
        .toReversed()
        .map((row) => ifRoom('older entry', richText(line(when(row.time), blank, ...saidBy(row, 500))))),
    ],
    '/incident timeline has them.',
  );
}
