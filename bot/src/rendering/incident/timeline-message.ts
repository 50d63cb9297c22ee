import type { Incident } from '@autodevops/domain/incident/incident';
import { counted } from '@autodevops/domain/count-words';
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
import { entriesOf, isNotice } from './timeline-entries.ts';
import type { TimelineEntry } from './timeline-entries.ts';
import { bold, italic, line, list, richText, when, words } from '../text/rich-text.ts';

type Told = Pick<Incident, 'id' | 'title' | 'timeline'>;

/** In code points of JSON: as much as rows may take of a message, in which other things stand beside them. */
const mostOfRows = 8000;

function itemOf(entry: TimelineEntry): RichTextSection | undefined {
  const [first] = entry;
  const last = entry.at(-1) ?? first;
  const between = entry.length - 2;
  return line(
    when(first.time),
    words(' '),
    ...saidBy(first, 200),
    ...(between < 1
      ? []
      : [words(` ${counted(between, 'more notice')}, then `), when(last.time), words(`: ${last.says}`, 200)]),
  );
}

/** Entries that have room, oldest first: what people and agents said and did before notices of alerts, and of each the newest. */
function shownEntries(
  timeline: Told['timeline'],
  most: number,
): { readonly items: readonly RichTextSection[]; readonly told: number } {
  const entries = entriesOf(timeline);
  const newest = entries.toReversed();
  const kept = new Map<TimelineEntry, RichTextSection>();
  let room = mostOfRows;
  for (const entry of [...newest.filter((one) => !isNotice(one)), ...newest.filter(isNotice)]) {
    const item = itemOf(entry);
    room -= codePoints(JSON.stringify(item ?? ''));
    if (kept.size === most || room < 0) break;
    if (item !== undefined) kept.set(entry, item);
  }
  const shown = entries.flatMap((entry) => {
    const item = kept.get(entry);
    return item === undefined ? [] : [{ item, told: Math.min(2, entry.length) }];
  });
  return { items: shown.map(({ item }) => item), told: shown.reduce((sum, { told }) => sum + told, 0) };
}

/** The last rows of a timeline, oldest first, with where the whole of it is. */
export function timelineParts({ id, timeline }: Told, most: number): readonly Part[] {
  const { items, told } = shownEntries(timeline, most);
  const isCut = told < timeline.length;
  const all = ` (${told} of ${timeline.length} entries; /incident timeline ${id} --file has all)`;
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
