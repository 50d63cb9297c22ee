import { any, flag, list, needed, number, optional, text, typed } from '../rule.ts';
import type { Field, TextRule } from '../rule.ts';
import { most } from '../limits.ts';
import { confirm, dispatchConfig } from '../composition/choice-objects.ts';
import { actionId } from './buttons.ts';
import { placeholder } from './menus.ts';

const typing: Readonly<Record<string, Field>> = {
  action_id: actionId,
  focus_on_load: optional(flag),
  dispatch_action_config: optional(dispatchConfig),
  ...placeholder,
};
const picking: Readonly<Record<string, Field>> = {
  action_id: actionId,
  focus_on_load: optional(flag),
  confirm: optional(confirm),
};

const day: TextRule = {
  is: 'text',
  form: {
    pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    example: '2026-11-30',
    says: 'must be a date as YYYY-MM-DD',
  },
};
const hour: TextRule = {
  is: 'text',
  form: { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, example: '09:30', says: 'must be a time as HH:mm' },
};

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const plainTextInput = typed(
  'plain_text_input',
  {
    ...typing,
    initial_value: optional(text(undefined, 0)),
    multiline: optional(flag),
    min_length: optional(number({ min: 0, max: most('plainTextInput'), isWhole: true })),
    max_length: optional(number({ min: 1, max: most('plainTextInput'), isWhole: true })),
  },
  { kind: 'not-more-than', field: 'min_length', other: 'max_length' },
);

/** https://docs.slack.dev/reference/block-kit/block-elements/number-input-element */
export const numberInput = typed(
  'number_input',
  {
    ...typing,
    is_decimal_allowed: needed(flag),
    initial_value: optional(text()),
    min_value: optional(text()),
    max_value: optional(text()),
  },
  { kind: 'not-more-than', field: 'min_value', other: 'max_value' },
);

export const emailInput = typed('email_text_input', { ...typing, initial_value: optional(text(undefined, 0)) });
export const urlInput = typed('url_text_input', { ...typing, initial_value: optional(text(undefined, 0)) });

/** https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element */
export const richTextInput = typed(
  'rich_text_input',
  {
    ...typing,
    initial_value: optional(any),
    min_lines: optional(number({ min: 1, max: most('richTextInputLines'), isWhole: true })),
    max_lines: optional(number({ min: 1, max: most('richTextInputLines'), isWhole: true })),
  },
  { kind: 'not-more-than', field: 'min_lines', other: 'max_lines' },
);

/** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
export const fileInput = typed('file_input', {
  action_id: actionId,
  filetypes: optional(list(text())),
  max_files: optional(number({ min: 1, max: most('fileInput'), isWhole: true })),
});

export const datePicker = typed('datepicker', { ...picking, ...placeholder, initial_date: optional(day) });
export const timePicker = typed('timepicker', {
  ...picking,
  ...placeholder,
  initial_time: optional(hour),
  timezone: optional(text()),
});
/** `initial_date_time` is a UNIX time of ten digits. https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element */
export const dateTimePicker = typed('datetimepicker', {
  ...picking,
  initial_date_time: optional(number({ min: 1_000_000_000, max: 9_999_999_999, isWhole: true })),
});
