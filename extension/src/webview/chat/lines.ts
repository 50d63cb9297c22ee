import type { Line, Span } from '../../sidebar/protocol/span.ts';
import type { Desk } from './desk.ts';
import { element, link } from './element.ts';
import { inlineNodes } from './inline-text.ts';

/** A piece of text stands for itself: letters of another direction do not reorder what is around it. */
function spanElement({ text, link: to }: Span, desk: Desk): Node {
  if (to === undefined) return element('bdi', {}, ...inlineNodes(text));
  return link(text, () => desk.send({ type: 'follow', link: to }), { 'data-key': `link ${text}` });
}

export function lineNodes(line: Line, desk: Desk): readonly Node[] {
  return line.map((span) => spanElement(span, desk));
}

export function paragraph(line: Line, desk: Desk, className = ''): HTMLParagraphElement {
  return element('p', { class: className === '' ? undefined : className }, ...lineNodes(line, desk));
}

export function list(lines: readonly Line[], desk: Desk): HTMLUListElement {
  return element('ul', {}, ...lines.map((line) => element('li', {}, ...lineNodes(line, desk))));
}

interface Fold {
  /** Tells it from the others of its part, whatever its title says by now. */
  readonly key: string;
  readonly title: string;
  readonly open: boolean;
}

/** What can be opened and closed; open stays open when its part is drawn anew. */
export function foldable({ key, title, open }: Fold, ...children: readonly Node[]): HTMLDetailsElement {
  return element(
    'details',
    { open, 'data-key': `fold ${key}` },
    element('summary', { 'data-key': `title ${key}` }, ...inlineNodes(title)),
    ...children,
  );
}
