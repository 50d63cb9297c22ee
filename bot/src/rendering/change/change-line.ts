import type { AgentClient } from '@autodevops/agentd/client';
import type { KnownBlock } from '@slack/types';
import { bold, code, line, richText, when, words } from '../text/rich-text.ts';
import { changeHeadings, changeMarks } from './change-words.ts';

export type ChangeLine = Awaited<ReturnType<AgentClient['changes']>>['changes'][number];

/** One change, as it stands among others. */
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
