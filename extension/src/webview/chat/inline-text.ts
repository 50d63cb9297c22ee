import { element } from './element.ts';

/** Moments as the agent writes them, and what it sets apart as code. */
const marked = /(?<code>`[^`\n]+`)|(?<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/g;

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;

/** A moment by the clock on the person's wall; its day too where it is another one. What was written is its title. */
function momentElement(iso: string, now: Date): Node {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return document.createTextNode(iso);
  const isToday = at.toDateString() === now.toDateString();
  const text = new Intl.DateTimeFormat(
    document.documentElement.lang || undefined,
    isToday ? clock : { ...day, ...clock },
  ).format(at);
  return element('time', { datetime: iso, title: iso }, text);
}

function markedElement({ groups = {} }: RegExpExecArray, now: Date): Node {
  return groups['code'] === undefined
    ? momentElement(groups['moment'] ?? '', now)
    : element('code', {}, groups['code'].slice(1, -1));
}

/** Text as nodes: code in its own letters, moments as people tell them, all else as it stands. */
export function inlineNodes(text: string, now = new Date()): readonly Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const found of text.matchAll(marked)) {
    if (found.index > from) nodes.push(document.createTextNode(text.slice(from, found.index)));
    nodes.push(markedElement(found, now));
    from = found.index + found[0].length;
  }
  if (from < text.length) nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}
