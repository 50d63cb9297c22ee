import type { CardView } from '../../sidebar/protocol/part.ts';
import type { Line } from '../../sidebar/protocol/span.ts';
import type { Desk } from './desk.ts';
import { button, element, filled } from './element.ts';
import { foldable, lineNodes, list } from './lines.ts';

type Place = { readonly turn: number; readonly part: string };

/** What is not there before or after is told to who hears it; the eye sees one line less. */
function valueElement(kind: 'del' | 'ins', word: string, text: string, nothing: string): Node {
  return element(
    kind,
    { class: text === '' ? 'unseen' : undefined },
    element('span', { class: 'unseen' }, `${word}: `),
    element('bdi', {}, text === '' ? nothing : text),
  );
}

/** Broken where a field ends, not within its name. */
function pathElement(path: string): Node {
  return element(
    'code',
    {},
    ...path.split(/(?=[.[])/).flatMap((field, index) => (index === 0 ? [field] : [element('wbr'), field])),
  );
}

function differenceElement({ difference, differenceLeft }: CardView, { words }: Desk): Node {
  const fields = difference.map(({ path, before, after }) =>
    element(
      'li',
      {},
      pathElement(path),
      valueElement('del', words.before, before, words.nothing),
      valueElement('ins', words.after, after, words.nothing),
    ),
  );
  return element(
    'ul',
    { class: 'difference' },
    ...fields,
    ...(differenceLeft > 0 ? [element('li', { class: 'quiet' }, filled(words.moreFields, differenceLeft))] : []),
  );
}

function wayElement({ steps, at }: CardView): Node {
  return element(
    'ol',
    { class: 'way' },
    ...steps.map((step, index) =>
      element(
        'li',
        {
          class: index < at ? 'behind' : index === at ? 'here' : 'ahead',
          'aria-current': index === at ? 'step' : undefined,
        },
        step,
      ),
    ),
  );
}

const asLine = (text: string): Line => [{ text }];

/** A proposal, and what became of it. Where it stands is told to who listens as soon as it moves. */
export function cardElement(card: CardView, desk: Desk, { turn, part }: Place): HTMLElement {
  const { title, titles, tone, standing, steps, difference, differenceLeft, reach, decision, rules, buttons } = card;
  const titleId = `card-${turn}-${part}`;
  return element(
    'div',
    { class: `card ${tone}`, role: 'group', 'aria-labelledby': titleId },
    element('h4', { id: titleId }, element('span', { class: 'unseen' }, `${titles.card}: `), ...lineNodes(title, desk)),
    difference.length === 0
      ? undefined
      : foldable(
          { key: 'difference', title: `${titles.difference} (${difference.length + differenceLeft})`, open: true },
          differenceElement(card, desk),
        ),
    reach.length === 0
      ? undefined
      : foldable({ key: 'reach', title: titles.reach, open: true }, list(reach.map(asLine), desk)),
    // Beside the buttons: what they did is seen where they were pressed.
    element('p', { class: 'standing', role: 'status' }, ...lineNodes([{ text: standing }], desk)),
    rules.length === 0
      ? undefined
      : foldable(
          { key: 'rules', title: `${titles.rules} (${rules.length})`, open: false },
          ...(decision === standing ? [] : [element('p', {}, decision)]),
          list(rules.map(asLine), desk),
        ),
    steps.length === 0 ? undefined : wayElement(card),
    element(
      'div',
      { class: 'acts' },
      ...buttons.map(({ button: id, text, primary }) =>
        button(text, () => desk.send({ type: 'press', turn, part, button: id }), {
          class: primary ? 'primary' : 'secondary',
          'data-key': `card ${id}`,
        }),
      ),
    ),
  );
}
