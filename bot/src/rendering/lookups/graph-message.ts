import type { AgentClient } from '@autodevops/agentd/client';
import { counted } from '@autodevops/domain/count-words';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { smallPrint } from '../blocks/plain-blocks.ts';
import { tableBlocks } from '../blocks/table-block.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import { blindSpotParts } from '../diagnosis/blind-spots.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, line, richText } from '../text/rich-text.ts';

export type Graph = Awaited<ReturnType<AgentClient['graph']>>;

export interface GraphView {
  /** As it was asked for: `deployment/web`. */
  readonly name: string;
  readonly isOfUsers: boolean;
  readonly share?: string | undefined;
}

function headline({ edges, left }: Graph, { name, isOfUsers }: GraphView): string {
  const count = edges.length + left;
  if (isOfUsers) {
    return count === 0
      ? `Nothing that can be seen leans on ${name}.`
      : `${counted(count, 'thing leans', 'things lean')} on ${name}.`;
  }
  return count === 0 ? `${name} leans on nothing that can be seen.` : `${name} leans on ${counted(count, 'thing')}.`;
}

/** Who leans on whom, and how they are: a row for each. Slack draws no graphs; the file is a picture of it. */
export function graphMessage(graph: Graph, view: GraphView): SlackMessage {
  const { edges, objects, blindSpots } = graph;
  const states = new Map(objects.map(({ object, state }) => [refKey(object), state]));
  const says = headline(graph, view);
  const rows = edges.map(({ from, to, verb, detail }) => {
    const other = view.isOfUsers ? from : to;
    return [refText(from), detail === '' ? verb : `${verb} (${detail})`, refText(to), states.get(refKey(other)) ?? ''];
  });
  return message(
    mrkdwn(says, 300),
    [
      always(richText(line(bold(says)))),
      ...(rows.length === 0
        ? []
        : [
            ifRoom(
              'table',
              tableBlocks({
                columns: ['from', 'relation', 'to', view.isOfUsers ? 'state of the first' : 'state of the second'],
                rows,
              }),
            ),
          ]),
      always(smallPrint('This is what their configuration says; the traffic itself is not seen.')),
      ...blindSpotParts(blindSpots),
      always(buttons(button(actionIds.share, 'Share with the channel', view.share))),
    ],
    '--file shows all of it as a picture.',
  );
}
