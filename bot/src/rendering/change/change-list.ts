import type { AgentClient } from '@autodevops/agentd/client';
import type { KnownBlock } from '@slack/types';
import { counted } from '@autodevops/domain/count-words';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { bold, code, line, richText, when, words } from '../text/rich-text.ts';
import { changeHeadings, changeMarks } from './change-words.ts';

export type ChangeLine = Awaited<ReturnType<AgentClient['changes']>>['changes'][number];

export function changeLineBlocks({
  id,
  state,
  will,
  updatedAt,
}: Pick<ChangeLine, 'id' | 'state' | 'will' | 'updatedAt'>): readonly KnownBlock[] {
  return richText(
    line(
      words(`${changeMarks[state]} `),
      bold(changeHeadings[state]),
      words(' · '),
      words(will.join(' '), 400),
      words(' · '),
      when(updatedAt),
      words(' · '),
      code(id),
    ),
  );
}

/** Changes, newest first; `next` is carried by the button for the next page. */
export function changeList(changes: readonly ChangeLine[], next?: string): SlackMessage {
  const heading = changes.length === 0 ? 'There is no such change.' : counted(changes.length, 'change');
  return message(
    heading,
    [
      always(richText(line(bold(heading)))),
      ...changes.map((change) =>
        ifRoom('change', [...changeLineBlocks(change), ...buttons(button(actionIds.showChange, 'Show', change.id))]),
      ),
      always(buttons(button(actionIds.nextPage, 'Older', next))),
    ],
    'autodevops change list has them.',
  );
}
