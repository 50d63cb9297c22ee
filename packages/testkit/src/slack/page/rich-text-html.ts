import { dateText } from './date-text.ts';
import { tag, together } from './html.ts';
import type { Html } from './html.ts';
import type { Names } from './names.ts';
import { part, parts, word } from './value.ts';
import type { Value } from './value.ts';

const styles = { bold: 'strong', italic: 'em', strike: 'del', underline: 'u', code: 'code' } as const;

function plainOf(element: Value, names: Names): Html {
  switch (word(element, 'type')) {
    case 'text':
      return together(word(element, 'text'));
    case 'link':
      return tag(
        'a',
        { href: /^(https?|mailto):/.test(word(element, 'url')) ? word(element, 'url') : '#' },
        word(element, 'text') || word(element, 'url'),
      );
    case 'user':
      return tag(
        'span',
        { class: 'mention', 'data-user': word(element, 'user_id') },
        `@${names.users[word(element, 'user_id')] ?? word(element, 'user_id')}`,
      );
    case 'usergroup':
      return tag('span', { class: 'mention' }, `@${word(element, 'usergroup_id')}`);
    case 'channel':
      return tag(
        'span',
        { class: 'mention' },
        `#${names.channels[word(element, 'channel_id')] ?? word(element, 'channel_id')}`,
      );
    case 'broadcast':
      return tag('span', { class: 'mention call', 'data-call': word(element, 'range') }, `@${word(element, 'range')}`);
    case 'emoji':
      return together(`:${word(element, 'name')}:`);
    case 'date':
      return tag('time', {}, dateText(Number(word(element, 'timestamp')), word(element, 'format'), names));
    case 'color':
      return together(word(element, 'value'));
    default:
      return together();
  }
}

function inline(element: Value, names: Names): Html {
  const style = part(element, 'style');
  const wanted = Object.entries(styles).filter(([name]) => style[name] === true);
  return wanted.reduce((html, [, name]) => tag(name, {}, html), plainOf(element, names));
}

function listHtml(element: Value, names: Names): Html {
  const name = word(element, 'style') === 'ordered' ? 'ol' : 'ul';
  return tag(
    name,
    { class: `indent-${word(element, 'indent') || '0'}` },
    ...parts(element, 'elements').map((item) =>
      tag('li', {}, ...parts(item, 'elements').map((piece) => inline(piece, names))),
    ),
  );
}

/** A `rich_text` block. */
export function richTextHtml(block: Value, names: Names): Html {
  return tag(
    'div',
    { class: 'rich-text' },
    ...parts(block, 'elements').map((element) => {
      const pieces = parts(element, 'elements').map((piece) => inline(piece, names));
      switch (word(element, 'type')) {
        case 'rich_text_list':
          return listHtml(element, names);
        case 'rich_text_quote':
          return tag('blockquote', {}, ...pieces);
        case 'rich_text_preformatted':
          return tag('pre', {}, ...pieces);
        default:
          return tag('p', {}, ...pieces);
      }
    }),
  );
}
