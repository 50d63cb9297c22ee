import type { Answer } from '@autodevops/domain/answer';
import { printable } from '@autodevops/domain/printable';
import { linesToldBy } from '@autodevops/domain/remedy/told-lines';
import { remedyInEditor } from '../language/remedy-in-editor.ts';
import { t } from '../language/translate.ts';
import { blindSpotText } from '../problems/blind-spot-text.ts';
import { causeLines } from './cause-text.ts';
import { section, textOf } from './lines.ts';

function tableLines({ columns, rows }: NonNullable<Answer['table']>): readonly string[] {
  const cells = [columns, ...rows].map((row) => row.map((cell) => printable(cell).replaceAll(/\s+/g, ' ')));
  const widths = columns.map((_column, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** An answer to a question in plain words, as plain text. */
export function answerText({
  question,
  headline,
  lines,
  remedies,
  table,
  causes,
  suggestions,
  blindSpots,
}: Answer): string {
  return textOf([
    `> ${printable(question)}`,
    '',
    printable(headline),
    ...linesToldBy(remedyInEditor, { lines, remedies }).map((line) => printable(line)),
    ...(table === undefined ? [] : ['', ...tableLines(table)]),
    ...causes.flatMap((cause) => ['', ...causeLines(cause)]),
    ...section(t('Perhaps you mean'), suggestions),
    ...section(t('Not seen'), blindSpots.map(blindSpotText)),
  ]);
}
