import { t } from '../../language/translate.ts';
import type { CardView, CauseView, Part, PartKind } from '../protocol/part.ts';
import type { Line } from '../protocol/span.ts';
import type { TurnView } from '../protocol/turn-view.ts';

function textOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}

function causeLines({ severityWord, headline, about, facts, evidence, steps, avoid }: CauseView): readonly string[] {
  return [
    `${severityWord}: ${textOf(headline)}`,
    `  ${textOf(about)}`,
    ...facts.map((fact) => `  ${fact}`),
    ...evidence.map(({ quote, source }) => `  "${quote}" (${textOf(source)})`),
    ...steps.map((step) => `  - ${textOf(step)}`),
    ...avoid.map((step) => `  - ${t('Do not: {0}', textOf(step))}`),
  ];
}

function cardLines({ title, standing, difference, reach, decision }: CardView): readonly string[] {
  return [
    textOf(title),
    `  ${standing}`,
    ...difference.map(({ path, before, after }) => `  ${path}: ${before || '∅'} → ${after || '∅'}`),
    ...reach.map((line) => `  ${line}`),
    `  ${decision}`,
  ];
}

type Of<K extends PartKind> = Extract<Part, { readonly kind: K }>;

const lines: { readonly [K in PartKind]: (part: Of<K>) => readonly string[] } = {
  says: ({ lines: said }) => said.map(textOf),
  progress: () => [],
  causes: ({ title, causes }) => [title, ...causes.flatMap(causeLines)],
  facts: ({ title, lines: said }) => [title, ...said.map((line) => `  ${textOf(line)}`)],
  table: ({ columns, rows }) => [columns.join('\t'), ...rows.map((row) => row.map(textOf).join('\t'))],
  text: ({ title, text }) => [title, text],
  card: ({ card }) => cardLines(card),
  choices: () => [],
};

/** A question and its answer as plain text, for the clipboard. */
export function turnText({ question, parts }: TurnView): string {
  const said = parts
    .flatMap((part) => [(lines[part.kind] as (one: Part) => readonly string[])(part)])
    .filter((block) => block.length > 0);
  return `${[`> ${question}`, ...said.map((block) => block.join('\n'))].join('\n\n')}\n`;
}
