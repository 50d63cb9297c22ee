import { flag, list, needed, number, object, optional, text, typed, variant, word } from '../rule.ts';
import type { Field, ObjectRule, VariantRule } from '../rule.ts';
import { most } from '../limits.ts';

const styles = {
  bold: optional(flag),
  italic: optional(flag),
  strike: optional(flag),
  code: optional(flag),
  underline: optional(flag),
};
const style: Readonly<Record<string, Field>> = { style: optional(object(styles)) };
const mentionStyle: Readonly<Record<string, Field>> = {
  style: optional(
    object({ ...styles, highlight: optional(flag), client_highlight: optional(flag), unlink: optional(flag) }),
  ),
};

const textElement = typed('text', { text: needed(text()), ...style });
const link = typed('link', {
  url: needed(text(most('buttonUrl'))),
  text: optional(text()),
  unsafe: optional(flag),
  ...style,
});

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block#element-types */
const inline: VariantRule = variant(
  'rich text element',
  textElement,
  link,
  typed('broadcast', { range: needed(word('here', 'channel', 'everyone')), ...style }),
  typed('channel', { channel_id: needed(text()), ...mentionStyle }),
  typed('color', {
    value: needed({
      is: 'text',
      form: { pattern: /^#[\da-f]{6}$/i, example: '#2eb886', says: 'must be a colour as #RRGGBB' },
    }),
    ...style,
  }),
  typed('date', {
    timestamp: needed(number({ min: 0, isWhole: true })),
    format: needed(text()),
    url: optional(text(most('buttonUrl'))),
    fallback: optional(text()),
    ...style,
  }),
  typed('emoji', {
    name: needed(text()),
    unicode: optional(text()),
    url: optional(text()),
    skin_tone: optional(number({ min: 1, max: 6, isWhole: true })),
    ...style,
  }),
  typed('team', { team_id: needed(text()), ...style }),
  typed('user', { user_id: needed(text()), ...mentionStyle }),
  typed('usergroup', { usergroup_id: needed(text()), ...mentionStyle }),
);

const border: Readonly<Record<string, Field>> = { border: optional(number({ min: 0, max: 1, isWhole: true })) };

const section = typed('rich_text_section', { elements: needed(list(inline)) });

const kinds: readonly ObjectRule[] = [
  section,
  typed('rich_text_list', {
    style: needed(word('bullet', 'ordered')),
    elements: needed(list(section)),
    indent: optional(number({ min: 0, max: most('listIndent'), isWhole: true })),
    offset: optional(number({ min: 0, isWhole: true })),
    ...border,
  }),
  typed('rich_text_quote', { elements: needed(list(inline)), ...border }),
  typed('rich_text_preformatted', {
    elements: needed(list(variant('preformatted element', textElement, link))),
    language: optional(text()),
    ...border,
  }),
];

/** What a `rich_text` block holds. */
export const richTextElements: VariantRule = variant('rich text block element', ...kinds);
