import { chartHtml } from './chart-svg.ts';
import { elementHtml } from './element-html.ts';
import type { Place } from './element-html.ts';
import { tag, together } from './html.ts';
import type { Html } from './html.ts';
import { markdownHtml } from './markdown-html.ts';
import type { Names } from './names.ts';
import { richTextHtml } from './rich-text-html.ts';
import { textHtml } from './text-html.ts';
import { has, part, parts, word } from './value.ts';
import type { Value } from './value.ts';

type Where = Omit<Place, 'block'>;
type Draw = (block: Value, names: Names, place: Place) => Html;

function cellHtml(cell: Value, names: Names): Html {
  return word(cell, 'type') === 'rich_text' ? richTextHtml(cell, names) : together(word(cell, 'text'));
}

const table: Draw = (block, names) => {
  const rows = (block['rows'] ?? []) as readonly (readonly Value[])[];
  const caption = has(block, 'caption') ? tag('caption', {}, word(block, 'caption')) : undefined;
  return tag(
    'table',
    {},
    caption,
    ...rows.map((row, index) =>
      tag('tr', {}, ...row.map((cell) => tag(index === 0 ? 'th' : 'td', {}, cellHtml(cell, names)))),
    ),
  );
};

const section: Draw = (block, names, place) =>
  tag(
    'div',
    { class: 'section' },
    tag(
      'div',
      {},
      has(block, 'text') ? textHtml(part(block, 'text'), names) : undefined,
      has(block, 'fields')
        ? tag(
            'div',
            { class: 'fields' },
            ...parts(block, 'fields').map((field) => tag('div', {}, textHtml(field, names))),
          )
        : undefined,
    ),
    has(block, 'accessory') ? elementHtml(part(block, 'accessory'), place, names) : undefined,
  );

const input: Draw = (block, names, place) =>
  tag(
    'label',
    { class: 'field' },
    tag(
      'span',
      { class: 'label' },
      textHtml(part(block, 'label'), names),
      block['optional'] === true ? ' (optional)' : undefined,
    ),
    elementHtml(part(block, 'element'), place, names),
    has(block, 'hint') ? tag('small', {}, textHtml(part(block, 'hint'), names)) : undefined,
    tag('small', { class: 'field-error', 'data-error-for': place.block }),
  );

const card: Draw = (block, names, place) =>
  tag(
    'div',
    { class: 'card' },
    ...['title', 'subtitle', 'body', 'subtext']
      .filter((name) => has(block, name))
      .map((name) => tag('div', { class: name }, textHtml(part(block, name), names))),
    ...parts(block, 'actions').map((element) => elementHtml(element, place, names)),
  );

const task: Draw = (block, names) =>
  tag(
    'div',
    { class: `task ${word(block, 'status')}` },
    tag('strong', {}, word(block, 'title')),
    has(block, 'details') ? richTextHtml(part(block, 'details'), names) : undefined,
    has(block, 'output') ? richTextHtml(part(block, 'output'), names) : undefined,
  );

const image: Draw = (block, names) =>
  tag(
    'figure',
    { class: 'image' },
    has(block, 'title') ? textHtml(part(block, 'title'), names) : undefined,
    tag(
      'div',
      { class: 'picture', 'data-src': word(block, 'image_url') || word(part(block, 'slack_file'), 'id') },
      word(block, 'alt_text'),
    ),
  );

function row(name: string): Draw {
  return (block, names, place) =>
    tag('div', { class: name }, ...parts(block, 'elements').map((element) => elementHtml(element, place, names)));
}

const drawings: Readonly<Record<string, Draw>> = {
  actions: row('actions'),
  context: row('context'),
  context_actions: row('actions'),
  divider: () => tag('hr'),
  header: (block, names) => tag(`h${word(block, 'level') || '3'}`, {}, textHtml(part(block, 'text'), names)),
  markdown: (block, names) => tag('div', { class: 'markdown' }, markdownHtml(word(block, 'text'), names)),
  rich_text: (block, names) => richTextHtml(block, names),
  data_visualization: (block) => chartHtml(block),
  alert: (block, names) => tag('div', { class: `alert ${word(block, 'level')}` }, textHtml(part(block, 'text'), names)),
  carousel: (block, names, place) =>
    tag('div', { class: 'carousel' }, ...parts(block, 'elements').map((one) => card(one, names, place))),
  container: (block, names, { block: _block, ...where }) =>
    tag(
      'details',
      { class: 'container', open: block['default_collapsed'] !== true },
      tag('summary', {}, word(part(block, 'title'), 'text')),
      blocksHtml(parts(block, 'child_blocks'), where, names),
    ),
  plan: (block, names, place) =>
    tag(
      'div',
      { class: 'plan' },
      tag('strong', {}, word(block, 'title')),
      ...parts(block, 'tasks').map((one) => task(one, names, place)),
    ),
  video: (block, names) =>
    tag(
      'figure',
      { class: 'image' },
      textHtml(part(block, 'title'), names),
      tag('div', { class: 'picture' }, word(block, 'alt_text')),
    ),
  file: (block) => tag('div', { class: 'file' }, word(block, 'external_id')),
  task_card: task,
  table,
  data_table: table,
  section,
  input,
  card,
  image,
};

/** Blocks as they are drawn; one of a type that is not known says so. */
export function blocksHtml(blocks: readonly Value[], where: Where, names: Names): Html {
  return together(
    ...blocks.map((block, index) => {
      const type = word(block, 'type');
      const id = word(block, 'block_id') || `block-${index}`;
      const drawn =
        drawings[type]?.(block, names, { ...where, block: id }) ?? tag('div', { class: 'unknown' }, `[${type}]`);
      return tag('div', { class: `block block-${type}`, 'data-block-id': id }, drawn);
    }),
  );
}
