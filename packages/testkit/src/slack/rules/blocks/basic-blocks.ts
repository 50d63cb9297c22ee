import { flag, list, needed, number, optional, text, typed, variant, word } from '../rule.ts';
import { most } from '../limits.ts';
import { eitherText, mrkdwn, plainText } from '../composition/text-objects.ts';
import { button, feedbackButtons, iconButton, workflowButton } from '../elements/buttons.ts';
import {
  datePicker,
  dateTimePicker,
  emailInput,
  fileInput,
  numberInput,
  plainTextInput,
  richTextInput,
  timePicker,
  urlInput,
} from '../elements/inputs.ts';
import { checkboxes, menus, overflow, radioButtons } from '../elements/menus.ts';
import { richTextElements } from '../elements/rich-text.ts';
import { block, everywhere } from './block-rule.ts';
import { imageBlockCondition, imageBlockFields, imageElement } from './images.ts';

const actionElements = variant(
  'interactive element',
  button,
  workflowButton,
  checkboxes,
  datePicker,
  dateTimePicker,
  timePicker,
  overflow,
  radioButtons,
  richTextInput,
  ...menus,
);
const accessories = variant(
  'accessory',
  button,
  workflowButton,
  checkboxes,
  datePicker,
  timePicker,
  overflow,
  radioButtons,
  imageElement,
  ...menus,
);
const inputElements = variant(
  'input element',
  plainTextInput,
  numberInput,
  emailInput,
  urlInput,
  richTextInput,
  fileInput,
  checkboxes,
  radioButtons,
  datePicker,
  timePicker,
  dateTimePicker,
  ...menus,
);

export const actions = block(
  'actions',
  everywhere,
  { elements: needed(list(actionElements, { min: 1, max: most('actionsElements') })) },
  { kind: 'distinct', list: 'elements', by: 'action_id' },
);

export const context = block('context', everywhere, {
  elements: needed(
    list(variant('context element', plainText(), mrkdwn(), imageElement), { min: 1, max: most('contextElements') }),
  ),
});

export const contextActions = block(
  'context_actions',
  ['message'],
  {
    elements: needed(
      list(variant('context action', feedbackButtons, iconButton), { min: 1, max: most('contextActions') }),
    ),
  },
  { kind: 'distinct', list: 'elements', by: 'action_id' },
);

export const dividerBlock = block('divider', everywhere, {});

/** Of remote files alone; it comes with messages that Slack makes. https://docs.slack.dev/reference/block-kit/blocks/file-block */
export const file = block('file', ['message'], { external_id: needed(text()), source: needed(word('remote')) });

/** Its level is 1 to 4. https://docs.slack.dev/reference/block-kit/blocks/header-block */
export const headerBlock = block('header', everywhere, {
  text: needed(plainText(most('headerText'))),
  level: optional(number({ min: 1, max: most('headerLevel'), isWhole: true })),
});

export const image = block('image', everywhere, imageBlockFields, imageBlockCondition);

export const input = block('input', everywhere, {
  label: needed(plainText(most('inputLabel'))),
  element: needed(inputElements),
  hint: optional(plainText(most('inputHint'))),
  optional: optional(flag),
  dispatch_action: optional(flag),
});

export const markdown = block('markdown', ['message'], { text: needed(text(most('markdown'))) });

export const richText = block('rich_text', everywhere, { elements: needed(list(richTextElements)) });

/** Where rich text stands inside of another block: a cell, a title, what a task puts out. */
export const nestedRichText = typed('rich_text', {
  block_id: optional(text(most('blockId'))),
  elements: needed(list(richTextElements)),
});

export const section = block(
  'section',
  everywhere,
  {
    text: optional(eitherText(most('sectionText'))),
    fields: optional(list(eitherText(most('sectionField')), { min: 1, max: most('sectionFields') })),
    accessory: optional(accessories),
    expand: optional(flag),
  },
  { kind: 'at-least-one', of: ['text', 'fields'] },
);
