import { flag, list, needed, number, object, optional, text, typed, variant, word } from '../rule.ts';
import { most } from '../limits.ts';
import { nestedRichText } from './basic-blocks.ts';
import { block } from './block-rule.ts';

const rawNumber = typed('raw_number', { value: needed(number()), text: needed(text()) });
const cell = variant('cell', typed('raw_text', { text: needed(text()) }), rawNumber, nestedRichText);
const alignment = object({ align: optional(word('left', 'center', 'right')), is_wrapped: optional(flag) });

/** https://docs.slack.dev/reference/block-kit/blocks/table-block */
export const table = block(
  'table',
  ['message', 'home'],
  {
    rows: needed(list(list(cell, { min: 1, max: most('tableCells') }), { min: 1, max: most('tableRows') })),
    column_settings: optional(list(alignment, { max: most('tableCells') })),
  },
  { kind: 'same-length', rows: 'rows' },
  { kind: 'as-many-as-columns', list: 'column_settings', rows: 'rows' },
);

/** Its first row is the header. https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
export const dataTable = block(
  'data_table',
  ['message', 'home'],
  {
    caption: needed(text()),
    rows: needed(list(list(cell, { min: 1, max: most('tableCells') }), { min: 2, max: most('dataTableRows') })),
    page_size: optional(number({ min: 1, max: most('dataTablePage'), isWhole: true })),
    row_header_column_index: optional(number({ min: 0, isWhole: true })),
  },
  { kind: 'same-length', rows: 'rows' },
  { kind: 'plain-header', rows: 'rows' },
);
