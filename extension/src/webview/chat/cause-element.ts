import type { CauseView } from '../../sidebar/protocol/part.ts';
import type { Desk } from './desk.ts';
import { button, element } from './element.ts';
import { foldable, lineNodes, list, paragraph } from './lines.ts';

function evidenceElement({ evidence }: CauseView, desk: Desk): Node {
  return element(
    'ul',
    { class: 'evidence' },
    ...evidence.map(({ quote, source }) =>
      element('li', {}, element('blockquote', {}, element('bdi', {}, quote)), paragraph(source, desk, 'quiet')),
    ),
  );
}

function folds(cause: CauseView, desk: Desk, first: boolean): readonly Node[] {
  const { words } = desk;
  const { evidence, symptoms, symptomsLeft, steps, avoid } = cause;
  const left = symptomsLeft > 0 ? [[{ text: `+ ${symptomsLeft}` }]] : [];
  return [
    ...(evidence.length === 0
      ? []
      : [
          foldable(
            { key: 'evidence', title: `${words.evidence} (${evidence.length})`, open: first },
            evidenceElement(cause, desk),
          ),
        ]),
    ...(symptoms.length === 0
      ? []
      : [
          foldable(
            { key: 'symptoms', title: `${words.symptoms} (${symptoms.length + symptomsLeft})`, open: false },
            list([...symptoms.map((span) => [span]), ...left], desk),
          ),
        ]),
    ...(steps.length === 0 ? [] : [foldable({ key: 'steps', title: words.steps, open: first }, list(steps, desk))]),
    ...(avoid.length === 0 ? [] : [foldable({ key: 'avoid', title: words.avoid, open: false }, list(avoid, desk))]),
  ];
}

/** One cause. Its severity is a word as well as a colour. */
export function causeElement(cause: CauseView, desk: Desk, first: boolean): HTMLElement {
  const { severity, severityWord, headline, about, facts, fix } = cause;
  return element(
    'li',
    { class: `cause ${severity}` },
    element('h4', {}, element('span', { class: 'severity' }, severityWord), ...lineNodes(headline, desk)),
    paragraph(about, desk, 'quiet'),
    ...facts.map((fact) => paragraph([{ text: fact }], desk)),
    ...folds(cause, desk, first),
    fix === undefined
      ? undefined
      : button(desk.words.fix, () => desk.send({ type: 'follow', link: fix }), {
          class: 'act',
          'data-key': `fix ${headline.map(({ text }) => text).join('')}`,
        }),
  );
}
