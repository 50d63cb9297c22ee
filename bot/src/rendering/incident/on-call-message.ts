import type { AgentClient } from '@autodevops/agentd/client';
import { listed } from '@autodevops/domain/count-words';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { tableBlocks } from '../blocks/table-block.ts';
import { always, message } from '../budget/message.ts';
import { bold, line, richText } from '../text/rich-text.ts';

type OnCall = Awaited<ReturnType<AgentClient['onCall']>>;

const mostNames = 10;

function whoIs({ people, says }: OnCall['schedules'][number]): string {
  if (people.length > 0) {
    return listed(
      people.map(({ name }) => name),
      mostNames,
    );
  }
  return says === '' ? 'nobody' : `not known: ${says}`;
}

/** Who is on call now. Nobody is called by it: names are shown as letters. */
export function onCallMessage({ schedules }: OnCall): SlackMessage {
  const heading = schedules.length === 0 ? "The agent's configuration names no schedule." : 'On call now';
  return message(heading, [
    always([
      ...richText(line(bold(heading))),
      ...(schedules.length === 0
        ? []
        : tableBlocks({ columns: ['schedule', 'who'], rows: schedules.map((one) => [one.schedule, whoIs(one)]) })),
    ]),
  ]);
}
