import type { AgentClient } from '@autodevops/agentd/client';
import { counted } from '@autodevops/domain/count-words';
import { formatDuration } from '@autodevops/domain/duration';
import { refText } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import { timeAgo } from '@autodevops/domain/time-ago';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import { tableBlocks } from '../blocks/table-block.ts';
import { blindSpotParts } from '../diagnosis/blind-spots.ts';
import type { LongText } from '../files/long-text.ts';
import { bold, line, richText } from '../text/rich-text.ts';

export type RecentChanges = Awaited<ReturnType<AgentClient['recentChanges']>>;

export interface ChangesView {
  /** How far back, in milliseconds. */
  readonly since: number;
  readonly share?: string | undefined;
}

function headline({ changes, left }: RecentChanges, { since }: ChangesView): string {
  const within = `in the last ${formatDuration(since)}`;
  return changes.length === 0
    ? `Nothing that can be seen changed ${within}.`
    : `${counted(changes.length + left, 'change')} ${within}${left === 0 ? '' : `, of which the newest ${changes.length} are told`}.`;
}

/** What changed in the cluster lately, newest first. */
export function changesMessage(recent: RecentChanges, view: ChangesView): SlackMessage {
  const { capturedAt, changes, blindSpots } = recent;
  const says = headline(recent, view);
  return message(
    says,
    [
      always(richText(line(bold(says)))),
      ...(changes.length === 0
        ? []
        : [
            ifRoom(
              'table',
              tableBlocks({
                columns: ['when', 'object', 'what'],
                rows: changes.map(({ time, object, what }) => [timeAgo(time, capturedAt), refText(object), what]),
              }),
            ),
          ]),
      ...blindSpotParts(blindSpots),
      always(buttons(button(actionIds.share, 'Share with the channel', view.share))),
    ],
    '--file has all of them.',
  );
}

/** All of them, a line each. */
export function changesFile({ changes, capturedAt }: RecentChanges): LongText {
  const lines = changes.map(({ time, object, what }) => `${time}  ${printable(refText(object))}  ${printable(what)}`);
  return {
    name: `changes-${capturedAt.slice(0, 16).replaceAll(':', '')}.txt`,
    title: 'What changed in the cluster',
    text: `${lines.join('\n')}\n`,
  };
}
