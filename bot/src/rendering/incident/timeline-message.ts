import type { Incident } from '@autodevops/domain/incident/incident';
import { printable } from '@autodevops/domain/printable';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import type { Part } from '../budget/fit.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import type { LongText } from '../files/long-text.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { saidBy } from './said-by.ts';
import { bold, italic, line, list, richText, when, words } from '../text/rich-text.ts';

type Told = Pick<Incident, 'id' | 'title' | 'timeline'>;

/** The last rows of a timeline, oldest first, with where the whole of it is. */
export function timelineParts({ id, timeline }: Told, most: number): readonly Part[] {
  const rows = timeline.slice(-most);
  const isCut = rows.length < timeline.length;
  return [
    always(
      richText(
        line(
          bold('Timeline'),
          isCut
            ? italic(
                ` (the last ${rows.length} of ${timeline.length} entries; /incident timeline ${id} --file has all)`,
              )
            : undefined,
        ),
      ),
    ),
    ...rows.map((row) =>
      ifRoom('later entry', richText(list([line(when(row.time), words(' '), ...saidBy(row, 200))]))),
    ),
  ];
}

/** As many of the last rows as a message holds well: each is a block, and there are 50. */
const mostRows = 40;

/** What happened in an incident, and who says so. */
export function timelineMessage(incident: Told, share?: string): SlackMessage {
  const { title, id } = incident;
  return message(
    `Timeline of ${mrkdwn(title, 200)}`,
    [
      always(richText(line(bold(title, 200)))),
      ...timelineParts(incident, mostRows),
      always(buttons(button(actionIds.share, 'Share with the channel', share))),
    ],
    `/incident timeline ${id} --file has them.`,
  );
}

/** All of it, a line each. */
export function timelineFile({ id, title, timeline }: Told): LongText {
  const rows = timeline.map(({ time, source, says }) => `${time}  ${printable(source)}: ${printable(says)}`);
  return { name: `timeline-${id}.txt`, title: `Timeline of ${printable(title)}`, text: `${rows.join('\n')}\n` };
}
