import { flag, list, needed, number, optional, text, typed } from '../rule.ts';
import type { Condition, Field, ObjectRule } from '../rule.ts';
import { most } from '../limits.ts';
import {
  confirm,
  conversationFilter,
  markedOption,
  optionGroup,
  overflowOption,
  plainOption,
} from '../composition/choice-objects.ts';
import { plainText } from '../composition/text-objects.ts';
import { actionId } from './buttons.ts';

type Fields = Readonly<Record<string, Field>>;

const interactive: Fields = { action_id: actionId, confirm: optional(confirm), focus_on_load: optional(flag) };
export const placeholder: Fields = { placeholder: optional(plainText(most('placeholder'))) };
const respondable: Fields = { response_url_enabled: optional(flag) };
const several: Fields = { max_selected_items: optional(number({ min: 1, isWhole: true })) };

const choices: Fields = {
  options: optional(list(plainOption, { min: 1, max: most('options') })),
  option_groups: optional(list(optionGroup, { min: 1, max: most('options') })),
};
const oneSource: Condition = { kind: 'exactly-one', of: ['options', 'option_groups'] };
const conversations: Fields = { default_to_current_conversation: optional(flag), filter: optional(conversationFilter) };

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element and multi-select-menu-element */
export const menus: readonly ObjectRule[] = [
  typed(
    'static_select',
    { ...interactive, ...placeholder, ...choices, initial_option: optional(plainOption) },
    oneSource,
    { kind: 'among', field: 'initial_option', list: 'options' },
  ),
  typed(
    'multi_static_select',
    {
      ...interactive,
      ...placeholder,
      ...choices,
      ...several,
      initial_options: optional(list(plainOption, { min: 1 })),
    },
    oneSource,
  ),
  typed('external_select', {
    ...interactive,
    ...placeholder,
    initial_option: optional(plainOption),
    min_query_length: optional(number({ min: 0, isWhole: true })),
  }),
  typed('multi_external_select', {
    ...interactive,
    ...placeholder,
    ...several,
    initial_options: optional(list(plainOption, { min: 1 })),
    min_query_length: optional(number({ min: 0, isWhole: true })),
  }),
  typed('users_select', { ...interactive, ...placeholder, initial_user: optional(text()) }),
  typed('multi_users_select', { ...interactive, ...placeholder, ...several, initial_users: optional(list(text())) }),
  typed('conversations_select', {
    ...interactive,
    ...placeholder,
    ...respondable,
    ...conversations,
    initial_conversation: optional(text()),
  }),
  typed('multi_conversations_select', {
    ...interactive,
    ...placeholder,
    ...several,
    ...conversations,
    initial_conversations: optional(list(text())),
  }),
  typed('channels_select', { ...interactive, ...placeholder, ...respondable, initial_channel: optional(text()) }),
  typed('multi_channels_select', {
    ...interactive,
    ...placeholder,
    ...several,
    initial_channels: optional(list(text())),
  }),
];

/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export const overflow = typed('overflow', {
  action_id: actionId,
  confirm: optional(confirm),
  options: needed(list(overflowOption, { min: 1, max: most('overflow') })),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
export const checkboxes = typed('checkboxes', {
  ...interactive,
  options: needed(list(markedOption, { min: 1, max: most('checkboxes') })),
  initial_options: optional(list(markedOption, { min: 1 })),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
export const radioButtons = typed(
  'radio_buttons',
  {
    ...interactive,
    options: needed(list(markedOption, { min: 1, max: most('radioButtons') })),
    initial_option: optional(markedOption),
  },
  { kind: 'among', field: 'initial_option', list: 'options' },
);
