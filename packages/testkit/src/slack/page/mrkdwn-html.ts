import { dateText } from './date-text.ts';
import { tag, together } from './html.ts';
import type { Html } from './html.ts';
import type { Names } from './names.ts';

/** Slack's three escapes, undone. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function dateOf(body: string, names: Names): Html {
  const [, timestamp = '0', format = ''] = /^date\^(\d+)\^([^^|]+)/.exec(body) ?? [];
  return tag('time', {}, dateText(Number(timestamp), format, names));
}

/** What stands between `<` and `>`: a person, a channel, a call to many, a link. */
function angled(body: string, names: Names): Html {
  const [target = '', label] = body.split('|');
  const id = target.slice(1);
  if (target.startsWith('@')) {
    return tag('span', { class: 'mention', 'data-user': id }, `@${names.users[id] ?? label ?? id}`);
  }
  if (target.startsWith('#')) {
    return tag('span', { class: 'mention', 'data-channel': id }, `#${names.channels[id] ?? label ?? id}`);
  }
  if (target.startsWith('!date^')) return dateOf(id, names);
  if (target.startsWith('!')) return tag('span', { class: 'mention call', 'data-call': id }, `@${id}`);
  return tag('a', { href: /^(https?|mailto):/.test(target) ? unescaped(target) : '#' }, unescaped(label ?? target));
}

/** Marks that format what stands between two of them, beside a word. */
const marks: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w*\u2060])\*(?![\s*\u2060])([^*\n]+?)(?<![\s\u2060])\*(?![\w*])/, 'strong'],
  [/(?<![\w_\u2060])_(?![\s_\u2060])([^_\n]+?)(?<![\s\u2060])_(?![\w_])/, 'em'],
  [/(?<![\w~\u2060])~(?![\s~\u2060])([^~\n]+?)(?<![\s\u2060])~(?![\w~])/, 'del'],
];

function formatted(text: string, names: Names): Html {
  const call = /<([^<>\n]+)>/.exec(text);
  const code = /(?<!\u2060)`([^`\n]+)`/.exec(text);
  const found = [
    ...(call === null ? [] : [{ at: call.index, length: call[0].length, html: angled(call[1] ?? '', names) }]),
    ...(code === null
      ? []
      : [{ at: code.index, length: code[0].length, html: tag('code', {}, unescaped(code[1] ?? '')) }]),
    ...marks.flatMap(([pattern, name]) => {
      const match = pattern.exec(text);
      return match === null
        ? []
        : [{ at: match.index, length: match[0].length, html: tag(name, {}, formatted(match[1] ?? '', names)) }];
    }),
  ].toSorted((a, b) => a.at - b.at)[0];
  if (found === undefined) return together(unescaped(text));
  return together(
    unescaped(text.slice(0, found.at)),
    found.html,
    formatted(text.slice(found.at + found.length), names),
  );
}

function lineHtml(line: string, names: Names): Html {
  return line.startsWith('&gt;')
    ? tag('blockquote', {}, formatted(line.slice(4).trimStart(), names))
    : formatted(line, names);
}

/** Text in Slack's markup, as people see it. https://docs.slack.dev/messaging/formatting-message-text */
export function mrkdwnHtml(text: string, names: Names): Html {
  const parts = text.split(/```\n?([\s\S]*?)```/);
  return together(
    ...parts.map((part, index) => {
      if (index % 2 === 1) return tag('pre', {}, unescaped(part));
      const lines = part.split('\n');
      return together(...lines.flatMap((line, place) => [...(place === 0 ? [] : [tag('br')]), lineHtml(line, names)]));
    }),
  );
}
