import type { Answer } from '@autodevops/domain/answer';
import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { printable } from '@autodevops/domain/printable';
import { partsOf } from '@autodevops/domain/remedy/remedy';
import type { RemedyStep } from '@autodevops/domain/remedy/remedy-step';
import { nameInEditor, paletteStep } from '../../language/steps-in-editor.ts';
import { t } from '../../language/translate.ts';
import { blindSpotText } from '../../problems/blind-spot-text.ts';
import type { ObjectName } from '../../tree/subject.ts';
import type { LinkBook } from '../links/link-book.ts';
import { linkedText, objectNamed } from '../links/linked-text.ts';
import type { Part } from '../protocol/part.ts';
import type { Line, Span } from '../protocol/span.ts';

const rowsShown = 40;

function cell(text: string, objects: readonly ObjectName[], links: LinkBook): Line {
  const object = objectNamed(text);
  return object === undefined ? linkedText(text, objects, links) : [links.object(object)];
}

export function blindSpotsPart(spots: readonly BlindSpot[]): readonly Part[] {
  if (spots.length === 0) return [];
  return [
    {
      id: 'blind',
      kind: 'facts',
      title: t('Not seen'),
      open: false,
      lines: spots.map((spot) => [{ text: blindSpotText(spot) }]),
    },
  ];
}

export function tablePart({ table, objects }: Answer, id: string, links: LinkBook): readonly Part[] {
  if (table === undefined || table.rows.length === 0) return [];
  const rows = table.rows.slice(0, rowsShown).map((row) => row.map((text) => [...cell(text, objects, links)]));
  return [
    {
      id,
      kind: 'table',
      title: '',
      columns: table.columns.map((one) => printable(one)),
      rows,
      left: table.rows.length - rows.length,
    },
  ];
}

type Linked = (part: string | RemedyStep) => Line;

/** What can be done next is pressed where the palette has it; the links lead to commands of ours alone. */
function stepSpan(step: RemedyStep, links: LinkBook): Span {
  const found = paletteStep(step);
  if (found === undefined) return { text: printable(nameInEditor(step)) };
  const { command, title, subject } = found;
  return links.span(title, { type: 'command', command, ...(subject === undefined ? {} : { subject }) });
}

/** Lines of a log stand as they were written, in the letters of code. */
function linesPart({ intent, headline, lines, remedies = [] }: Answer, linked: Linked): readonly Part[] {
  if (lines.length === 0) return [];
  if (intent === 'logs-of') {
    return [
      {
        id: 'lines',
        kind: 'text',
        title: printable(headline),
        text: lines.map((line) => printable(line)).join('\n'),
        links: [],
      },
    ];
  }
  const told = new Map(remedies.map((one) => [one.remedy, partsOf(one)]));
  const line = (text: string): Line => (told.get(text) ?? [text]).flatMap((part) => [...linked(part)]);
  return [{ id: 'lines', kind: 'says', tone: 'plain', lines: lines.map((text) => [...line(text)]) }];
}

/** What an answer says besides its causes. */
export function answerParts(answer: Answer, links: LinkBook): readonly Part[] {
  const { headline, objects, causes, suggestions, understood, question, outcome } = answer;
  const named = [...objects, ...causes.map(({ object }) => object)];
  const linked: Linked = (part) =>
    typeof part === 'string' ? linkedText(part, named, links) : [stepSpan(part, links)];
  return [
    ...(understood === undefined || understood === '' || understood === question
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
      lines: [[...linked(headline)]],
    },
    ...linesPart(answer, linked),
    ...tablePart(answer, 'table', links),
    ...(suggestions.length === 0
      ? []
      : [
          {
            id: 'suggestions',
            kind: 'choices',
            title: t('Perhaps you mean'),
            choices: suggestions.map((text) => links.span(text, { type: 'ask', question: text })),
          } satisfies Part,
        ]),
  ];
}
