import type { AgentClient } from '@autodevops/agentd/client';
import { counted } from '@autodevops/domain/count-words';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { messageBounds } from '../budget/fit.ts';
import type { Part } from '../budget/fit.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import { blindSpotParts } from '../diagnosis/blind-spots.ts';
import type { LongText } from '../files/long-text.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, code, italic, line, preformatted, richText } from '../text/rich-text.ts';

export type Logs = Awaited<ReturnType<AgentClient['logs']>>;
type OneLog = Logs['logs'][number];

export interface LogsView {
  /** As it was asked for: `deployment/web`. */
  readonly name: string;
  readonly share?: string | undefined;
}

/** In characters of all logs as JSON: there are headings and more beside them. */
const most = messageBounds.characters - 4000;
const longestLine = 400;

function headline({ logs, left }: Logs, { name }: LogsView): string {
  if (logs.length === 0) return `No container of ${name} has written anything that can be read.`;
  return `The last lines of ${counted(logs.length, 'container')} of ${name}${left === 0 ? '' : `; ${left} more are left out`}.`;
}

/** The newest lines that fit, whole, oldest first. */
function lastLines(lines: readonly string[], room: number): readonly string[] {
  const kept: string[] = [];
  let letters = 0;
  for (const text of lines
    .toReversed()
    .map((one) => (one.length > longestLine ? `${one.slice(0, longestLine)}…` : one))) {
    letters += JSON.stringify(text).length;
    if (letters > room) break;
    kept.unshift(text);
  }
  return kept;
}

function logParts({ namespace, pod, container, previous, lines }: OneLog, room: number): readonly Part[] {
  const shown = lastLines(lines, room);
  const left = lines.length - shown.length;
  return [
    ifRoom(
      'log',
      richText(
        line(
          code(`${namespace}/${pod}`),
          bold(` ${container}`),
          previous ? italic(' before it was restarted') : undefined,
          left === 0 ? undefined : italic(` (the last ${counted(shown.length, 'line')} of ${lines.length})`),
        ),
        lines.length === 0 ? line(italic('It wrote nothing.')) : preformatted(shown.join('\n'), room + 100),
      ),
    ),
  ];
}

/** What the containers of an object wrote last, those first that are not ready. */
export function logsMessage(answer: Logs, view: LogsView): SlackMessage {
  const { logs, blindSpots } = answer;
  const says = headline(answer, view);
  const room = Math.floor(most / Math.max(1, logs.length));
  return message(
    mrkdwn(says, 300),
    [
      always(richText(line(bold(says)))),
      ...logs.flatMap((log) => logParts(log, room)),
      ...blindSpotParts(blindSpots),
      always(buttons(button(actionIds.share, 'Share with the channel', view.share))),
    ],
    '--file has all of them.',
  );
}

function fileText({ namespace, pod, container, previous, lines }: OneLog): string {
  return [`==> ${namespace}/${pod} ${container}${previous ? ' (before it was restarted)' : ''}`, ...lines, ''].join(
    '\n',
  );
}

/** All lines of all of them. */
export function logsFile({ logs }: Logs, { name }: Pick<LogsView, 'name'>): LongText {
  return {
    name: `logs-${name.replaceAll(/[^a-z0-9-]+/gi, '-')}.txt`,
    title: `Logs of ${name}`,
    text: logs.map(fileText).join('\n') || 'Nothing was written.\n',
  };
}
