import type { Answer } from '@autodevops/domain/answer';
import { linesToldBy } from '@autodevops/domain/remedy/told-lines';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { markdown, markdownFence } from '../text/markdown.ts';
import { remedyInSlack } from '../text/names-in-slack.ts';
import { readAloud } from '../text/read-aloud.ts';
import { seenCauseButtons } from '../diagnosis/seen-cause.ts';
import { answerMessage } from './answer-message.ts';
import { lineGroups } from './line-groups.ts';

export interface StreamedAnswer {
  /** Piece by piece, each a paragraph. */
  readonly paragraphs: readonly string[];
  /** What stands beneath when all was said; undefined: nothing. */
  readonly rest: SlackMessage | undefined;
}

const mostParagraphs = 40;

/** An answer as it is said in a thread: sentences one after the other, then what is no sentence. */
export function streamedAnswer(answer: Answer): StreamedAnswer {
  const { understood, headline } = answer;
  const taken = understood === undefined ? [] : [`_Taken as: ${markdown(understood, 600)}_\n\n`];
  const said = lineGroups(linesToldBy(remedyInSlack, answer))
    .slice(0, mostParagraphs)
    .map(({ kind, text }) => `\n\n${kind === 'quoted' ? markdownFence(text, 3000) : markdown(text, 1000)}`);
  const { blocks } = answerMessage({ ...answer, headline: '', lines: [], understood: undefined }, seenCauseButtons);
  return {
    paragraphs: [...taken, `**${markdown(headline, 600)}**`, ...said],
    rest: blocks.length === 0 ? undefined : { text: readAloud(blocks), blocks },
  };
}
