/** A person's text as Slack keeps it: the text with its three escapes, and the rich text that the client makes of it. */
export interface TypedText {
  readonly text: string;
  readonly elements: readonly Readonly<Record<string, unknown>>[];
}

const pieces = /<([@#!][^<>\s]+|https?:\/\/[^<>\s]+)>|\bhttps?:\/\/[^\s<>|]+/g;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `<@U…>` and its like are what the client made of a name that was chosen; addresses become links by themselves. */
function special(piece: string): TypedText {
  const target = piece.replace(/^<(.*)>$/s, '$1');
  const [id = ''] = target.slice(1).split('|');
  if (target.startsWith('@')) return { text: `<${target}>`, elements: [{ type: 'user', user_id: id }] };
  if (target.startsWith('#')) return { text: `<${target}>`, elements: [{ type: 'channel', channel_id: id }] };
  if (target.startsWith('!')) return { text: `<${target}>`, elements: [{ type: 'broadcast', range: id }] };
  const [url = ''] = target.split('|');
  return { text: `<${escaped(target)}>`, elements: [{ type: 'link', url }] };
}

export function typedText(typed: string): TypedText {
  const parts: TypedText[] = [];
  let end = 0;
  const plain = (until: number): void => {
    const text = typed.slice(end, until);
    if (text !== '') parts.push({ text: escaped(text), elements: [{ type: 'text', text }] });
  };
  for (const match of typed.matchAll(pieces)) {
    plain(match.index);
    parts.push(special(match[0]));
    end = match.index + match[0].length;
  }
  plain(typed.length);
  return { text: parts.map(({ text }) => text).join(''), elements: parts.flatMap(({ elements }) => elements) };
}
