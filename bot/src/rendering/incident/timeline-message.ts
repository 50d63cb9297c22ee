import type { Incident, TimelineRow } from '@autodevops/domain/incident/incident';
import { printable } from '@autodevops/domain/printable';
import type { RichTextSection } from '@slack/types';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import type { Part } from '../budget/fit.ts';
import { always, message } from '../budget/message.ts';
import type { LongText } from '../files/long-text.ts';
import { codePoints } from '../text/code-points.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { saidBy } from './said-by.ts';
import { bold, italic, line, list, richText, when, words } from '../text/rich-text.ts';

type Told = Pick<Incident, 'id' | 'title' | 'timeline'>;

function isNotice({ type }: TimelineRow): boolean {
  return type === 'alerts-told';
}

/** In code points of JSON: as much as rows may take of a message, in which other things stand beside them. */
const mostOfRows = 8000;

/** Rows that have room, oldest first: what people and agents said and did before notices of alerts, and of each the newest. */
function shownRows(timeline: Told['timeline'], most: number): readonly RichTextSection[] {
  const newest = timeline.toReversed();
  const kept = new Map<TimelineRow, RichTextSection>();
  let room = mostOfRows;
  for (const row of [...newest.filter((one) => !isNotice(one)), ...newest.filter(isNotice)]) {
    const item = line(when(row.time), words(' '), ...saidBy(row, 200));
    room -= codePoints(JSON.stringify(item ?? ''));
    if (kept.size === most || room < 0) break;
    if (item !== undefined) kept.set(row, item);
  }
  return timeline.flatMap((row) => kept.get(row) ?? []);
}

/** The last rows of a timeline, oldest first, with where the whole of it is. */
export function timelineParts({ id, timeline }: Told, most: number): readonly Part[] {
  const items = shownRows(timeline, most);
  const isCut = items.length < timeline.length;
  const all = ` (${items.length} of ${timeline.length} entries; /incident timeline ${id} --file has all)`;
  return [always(richText(line(bold('Timeline'), isCut ? italic(all) : undefined), list(items)))];
}

/** Of the last rows. */
const mostRows = 40;

/** What happened in an incident, and who says so. */
export function timelineMessage(incident: Told, share?: string): SlackMessage {
  const { title } = incident;
  return message(`Timeline of ${mrkdwn(title, 200)}`, [
    always(richText(line(bold(title, 200)))),
    ...timelineParts(incident, mostRows),
    always(buttons(button(actionIds.share, 'Share with the channel', share))),
  ]);
}

/** All of it, a line each. */
export function timelineFile({ id, title, timeline }: Told): LongText {
  const rows = timeline.map(({ time, source, says }) => `${time}  ${printable(source)}: ${printable(says)}`);
  return { name: `timeline-${id}.txt`, title: `Timeline of ${printable(title)}`, text: `${rows.join('\n')}\n` };
}
