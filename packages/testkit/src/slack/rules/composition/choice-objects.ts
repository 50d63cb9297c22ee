import { flag, list, needed, object, optional, text, word } from '../rule.ts';
import type { ObjectRule, Rule } from '../rule.ts';
import { most } from '../limits.ts';
import { eitherText, plainText } from './text-objects.ts';

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const confirm = object({
  title: optional(plainText(most('confirmTitle'))),
  text: needed(eitherText(most('confirmText'))),
  confirm: optional(plainText(most('confirmButton'))),
  deny: optional(plainText(most('confirmButton'))),
  style: optional(word('primary', 'danger')),
});

function option(of: Rule, description: Rule, more: ObjectRule['fields'] = {}): ObjectRule {
  return object({
    text: needed(of),
    value: needed(text(most('optionValue'))),
    description: optional(description),
    ...more,
  });
}

/** Of menus. https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const plainOption = option(plainText(most('optionText')), plainText(most('optionDescription')));
/** Of checkboxes and radio buttons, which take markup. */
export const markedOption = option(eitherText(most('optionText')), eitherText(most('optionDescription')));
/** Only options of overflow menus lead to an address. */
export const overflowOption = object({
  ...plainOption.fields,
  value: optional(text(most('optionValue'))),
  url: optional(text(most('optionUrl'))),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object */
export const optionGroup = object({
  label: needed(plainText(most('optionText'))),
  options: needed(list(plainOption, { min: 1, max: most('options') })),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object */
export const conversationFilter = object(
  {
    include: optional(list(word('im', 'mpim', 'private', 'public'), { min: 1 })),
    exclude_external_shared_channels: optional(flag),
    exclude_bot_users: optional(flag),
  },
  { kind: 'at-least-one', of: ['include', 'exclude_external_shared_channels', 'exclude_bot_users'] },
);

/** https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object */
export const dispatchConfig = object({
  trigger_actions_on: optional(list(word('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 })),
});
