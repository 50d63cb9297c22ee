import type { Turn } from '@autodevops/domain/conversation';
import { oneLine, printable } from '@autodevops/domain/printable';
import { t } from '../../language/translate.ts';
import type { LinkBook } from '../links/link-book.ts';
import { linkedText } from '../links/linked-text.ts';
import type { Part } from '../protocol/part.ts';
import type { TurnView } from '../protocol/turn-view.ts';

function partsOf({ understood, headline, lines, causes, objects, outcome, question }: Turn, links: LinkBook): Part[] {
  const named = [...objects, ...causes.map(({ object }) => object)];
  return [
    ...(understood === '' || understood === question
      ? []
      : [
          {
            id: 'understood',
            kind: 'says',
            tone: 'quiet',
            lines: [[{ text: t('Taken as: {0}', printable(understood)) }]],
          } satisfies Part,
        ]),
    {
      id: 'headline',
      kind: 'says',
      tone: outcome === 'answered' ? 'headline' : 'warning',
      lines: [[...linkedText(headline, named, links)]],
    },
    ...(lines.length === 0
      ? []
      : [
          {
            id: 'lines',
            kind: 'says',
            tone: 'plain',
            lines: lines.map((line) => [...linkedText(line, named, links)]),
          } satisfies Part,
        ]),
    ...(causes.length === 0
      ? []
      : [
          {
            id: 'causes',
            kind: 'facts',
            open: true,
            title: t('On what that rests'),
            lines: causes.map(({ code, object, cause }) => [
              links.object(object),
              { text: ' · ' },
              links.span(code, { type: 'ask', question: `/explain ${code}` }),
              { text: `: ${printable(cause)}` },
            ]),
          } satisfies Part,
        ]),
  ];
}

/** What is remembered of a conversation, as turns of the page: what was said then, not how it is now. */
export function rememberedTurns(
  turns: readonly Turn[],
  links: LinkBook,
  place: (iso: string) => string,
): readonly TurnView[] {
  return turns.map((turn, index) => ({
    id: index + 1,
    question: oneLine(turn.question, 2000),
    time: place(turn.time),
    how: 'done',
    parts: partsOf(turn, links),
  }));
}
