import { refKey } from '@autodevops/domain/object-ref';
import type { Answer } from '@autodevops/domain/answer';
import { distinctBy } from '../../reading/distinct-by.ts';

const most = 3;
const rowsInWords = 8;
const begins =
  '(?:what|whats|why|who|whos|which|where|when|how|is|are|was|were|does|do|did|has|have|can|show|list|any|since when)';
const breaks = new RegExp(`[?;]\\s+(?:and |also |then )*|,? (?:and|but|also)(?: also| then)? (?=${begins}\\b)`, 'i');

/** The questions that stand in one text, at most three; the text itself where there is only one. */
export function questionsIn(text: string): readonly string[] {
  const parts = text
    .split(breaks)
    .map((part) => part.trim())
    .filter((part) => /\w{2}/.test(part));
  return parts.length > 1 && parts.length <= most ? parts : [text];
}

function inWords({ columns, rows }: NonNullable<Answer['table']>): readonly string[] {
  const more = rows.length > rowsInWords ? [`${rows.length - rowsInWords} more are left out.`] : [];
  return [
    ...rows.slice(0, rowsInWords).map((row) =>
      row
        .map((cell, i) => (cell === '' ? '' : `${columns[i] ?? ''} ${cell}`.trim()))
        .filter((cell) => cell !== '')
        .join(', '),
    ),
    ...more,
  ];
}

/** Answers to several questions as one: the first keeps its table, those of the others are told in words. */
export function together(question: string, answers: readonly [Answer, ...Answer[]]): Answer {
  const [first, ...others] = answers;
  const table = first.table ?? others.find((answer) => answer.table !== undefined)?.table;
  const lines = answers.flatMap((answer) => [
    ...answer.lines,
    ...(answer.table === undefined || answer.table === table ? [] : inWords(answer.table)),
  ]);
  const remedies = answers.flatMap((answer) => answer.remedies ?? []);
  return {
    ...first,
    question,
    understood: answers.map((answer) => answer.understood ?? answer.question).join(' / '),
    headline: answers.map(({ headline }) => headline).join(' '),
    lines,
    ...(remedies.length === 0 ? {} : { remedies }),
    ...(table === undefined ? {} : { table }),
    causes: distinctBy(
      answers.flatMap(({ causes }) => causes),
      ({ code, object }) => `${code} ${refKey(object)}`,
    ),
    objects: distinctBy(
      answers.flatMap(({ objects }) => objects),
      refKey,
    ),
    suggestions: [],
    blindSpots: first.blindSpots,
  };
}
