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
import { atWhatTime, bold, italic, line, list, richText, when, words } from '../text/rich-text.ts';

type Told = Pick<Incident, 'id' | 'title' | 'timeline'>;

/** In code points of JSON: as much as rows may take of a message, in which other things stand beside them. */
const mostOfRows = 8000;

/** Rows so near to each other can be told by the clock alone: it goes round twice a day. */
const oneRound = 12 * 3_600_000;

/** The day is told once, and where it is another one. Whose day begins at another hour sees that the clock begins anew. */
function whenAfter(time: string, before: string | undefined): ReturnType<typeof when> {
  const isNear =
    before !== undefined &&
    time.slice(0, 10) === before.slice(0, 10) &&
    Date.parse(time) - Date.parse(before) < oneRound;
  return isNear ? atWhatTime(time) : when(time);
}

function itemOf(entry: TimelineEntry, before?: TimelineEntry): RichTextSection | undefined {
  const [first] = entry;
  const last = entry.at(-1) ?? first;
  const between = entry.length - 2;
  return line(
    whenAfter(first.time, before?.at(-1)?.time),
    words(' '),
    ...saidBy(first, 200),
    ...(between < 1
      ? []
      : [
          words(` ${counted(between, 'more notice')}, then `),
          whenAfter(last.time, first.time),
          words(`: ${last.says}`, 200),
        ]),
  );
}

/** Entries that have room, oldest first: what people and agents said and did before notices of alerts, and of each the newest. */
function shownEntries(
  timeline: Told['timeline'],
  most: number,
): { readonly items: readonly RichTextSection[]; readonly told: number } {
  const entries = entriesOf(timeline);
  const newest = entries.toReversed();
  const kept = new Set<TimelineEntry>();
  let room = mostOfRows;
  for (const entry of [...newest.filter((one) => !isNotice(one)), ...newest.filter(isNotice)]) {
    const item = itemOf(entry);
    room -= codePoints(JSON.stringify(item ?? ''));
    if (kept.size === most || room < 0) break;
    if (item !== undefined) kept.add(entry);
  }
  const shown = entries.filter((entry) => kept.has(entry));
  return {
    items: shown.flatMap((entry, index) => itemOf(entry, shown[index - 1]) ?? []),
    told: shown.reduce((sum, { length }) => sum + Math.min(2, length), 0),
  };
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
