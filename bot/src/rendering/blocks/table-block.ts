import type { KnownBlock, RawTextElement, TableBlock } from '@slack/types';
import { counted } from '@autodevops/domain/count-words';
import { shown } from '../text/shown.ts';
import { smallPrint } from './plain-blocks.ts';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Of Slack: 100 rows of 20 cells, and 10,000 characters over all; here less, so that other blocks have room beside it. */
const mostRows = 40;
const mostColumns = 20;
const mostCharacters = 4000;

function cell(text: string | undefined): RawTextElement {
  const line = shown(text ?? '', 200);
  return { type: 'raw_text', text: line === '' ? '–' : line };
}

function row(cells: readonly string[], columns: number): RawTextElement[] {
  return Array.from({ length: columns }, (_, index) => cell(cells[index]));
}

function lettersOf(cells: readonly RawTextElement[]): number {
  // With the JSON around each cell.
  return cells.reduce((sum, { text }) => sum + text.length + 30, 0);
}

/** A table as Slack draws it, cut to whole rows; what was cut is told beneath. Nothing where there is no column. At most one in a message. */
export function tableBlocks({ columns, rows }: Table): readonly KnownBlock[] {
  const width = Math.min(mostColumns, columns.length);
  if (width === 0) return [];
  const cells = [row(columns, width)];
  let letters = lettersOf(cells[0] ?? []);
  for (const next of rows.slice(0, mostRows)) {
    const made = row(next, width);
    letters += lettersOf(made);
    if (letters > mostCharacters) break;
    cells.push(made);
  }
  const left = rows.length - (cells.length - 1);
  const table: TableBlock = { type: 'table', rows: cells };
  const narrow = columns.length - width;
  return [
    table,
    ...smallPrint(
      left === 0 ? '' : `${counted(left, 'more row')} not shown here.`,
      narrow === 0 ? '' : `${counted(narrow, 'more column')} not shown here.`,
    ),
  ];
}
