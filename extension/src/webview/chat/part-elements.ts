import type { Part, PartKind } from '../../sidebar/protocol/part.ts';
import { cardElement } from './card-element.ts';
import { causeElement } from './cause-element.ts';
import type { Desk } from './desk.ts';
import { button, element, filled } from './element.ts';
import { foldable, lineNodes, list, paragraph } from './lines.ts';

type Of<K extends PartKind> = Extract<Part, { readonly kind: K }>;
type Draw<K extends PartKind> = (part: Of<K>, desk: Desk, turn: number) => HTMLElement;

const saysTags = { headline: 'h3', plain: 'p', quiet: 'p', warning: 'p', failure: 'p' } as const;

function more({ id, left }: Of<'causes'>, desk: Desk, turn: number): HTMLButtonElement {
  const made = button(
    filled(desk.words.more, left),
    () => {
      desk.send({ type: 'more', turn, part: id });
      made.remove();
    },
    { class: 'secondary', 'data-key': `more ${id}` },
  );
  return made;
}

function progressElement({ text, done, total }: Of<'progress'>): HTMLElement {
  const bar = element('progress', {
    max: total === 0 ? undefined : total,
    value: total === 0 ? undefined : done,
    'aria-label': text,
  });
  return element(
    'div',
    { class: 'progress' },
    bar,
    element('bdi', {}, total === 0 ? text : `${text} ${done}/${total}`),
  );
}

function tableElement({ title, columns, rows, left }: Of<'table'>, desk: Desk): HTMLElement {
  const head = element(
    'thead',
    {},
    element('tr', {}, ...columns.map((column) => element('th', { scope: 'col' }, column))),
  );
  const body = element(
    'tbody',
    {},
    ...rows.map((row) => element('tr', {}, ...row.map((line) => element('td', {}, ...lineNodes(line, desk))))),
  );
  const table = element('table', {}, title === '' ? undefined : element('caption', {}, title), head, body);
  // What is wider than the sidebar is moved by the keyboard too.
  return element(
    'div',
    { class: 'wide', tabindex: 0, role: 'group', 'aria-label': title === '' ? columns.join(', ') : title },
    table,
    left > 0 ? element('p', { class: 'quiet' }, `+ ${left}`) : undefined,
  );
}

const draws: { readonly [K in PartKind]: Draw<K> } = {
  says: ({ tone, lines }, desk) =>
    element(
      'div',
      { class: `says ${tone}`, role: tone === 'failure' ? 'alert' : undefined },
      ...lines.map((line) => element(saysTags[tone], {}, ...lineNodes(line, desk))),
    ),
  progress: progressElement,
  causes: (part, desk, turn) =>
    element(
      'div',
      { role: 'group', 'aria-label': part.title },
      element('p', { class: 'quiet' }, part.title),
      element(
        'ol',
        { class: 'causes' },
        ...part.causes.map((cause, index) => causeElement(cause, desk, index === 0 && part.id === 'causes')),
      ),
      part.left > 0 ? more(part, desk, turn) : undefined,
    ),
  facts: ({ title, lines, open }, desk) =>
    foldable({ key: 'facts', title: `${title} (${lines.length})`, open }, list(lines, desk)),
  table: tableElement,
  text: ({ title, text, links }, desk) =>
    element(
      'div',
      { role: 'group', 'aria-label': title },
      element('pre', { tabindex: 0 }, text),
      links.length === 0 ? undefined : paragraph(links, desk),
    ),
  card: ({ id, card }, desk, turn) => cardElement(card, desk, { turn, part: id }),
  choices: ({ title, choices }, desk) =>
    element(
      'div',
      { class: 'choices' },
      title === '' ? undefined : element('p', { class: 'quiet' }, title),
      element('ul', {}, ...choices.map((span) => element('li', {}, ...lineNodes([span], desk)))),
    ),
};

/** Draws a part of an answer. */
export function partElement(part: Part, desk: Desk, turn: number): HTMLElement {
  const drawn = (draws[part.kind] as Draw<PartKind>)(part, desk, turn);
  drawn.dataset['part'] = part.id;
  return drawn;
}
