import { flag, list, needed, object, optional, text, typed, variant, word } from '../rule.ts';
import type { Condition, Field } from '../rule.ts';
import { most } from '../limits.ts';
import { eitherText, plainText } from '../composition/text-objects.ts';
import { button } from '../elements/buttons.ts';
import {
  actions,
  context,
  dividerBlock,
  file,
  headerBlock,
  image,
  input,
  nestedRichText,
  richText,
  section,
} from './basic-blocks.ts';
import { block, everywhere } from './block-rule.ts';
import { imageElement } from './images.ts';
import { table } from './table-blocks.ts';
import { video } from './video-block.ts';

/** Only in modals. https://docs.slack.dev/reference/block-kit/blocks/alert-block */
export const alert = block('alert', ['modal'], {
  text: needed(eitherText(most('alertText'))),
  level: optional(word('default', 'info', 'warning', 'error', 'success')),
});

const cardFields: Readonly<Record<string, Field>> = {
  hero_image: optional(imageElement),
  icon: optional(imageElement),
  slack_icon: optional(object({ type: needed(word('icon')), name: needed(text()) })),
  title: optional(eitherText(most('cardTitle'))),
  subtitle: optional(eitherText(most('cardTitle'))),
  body: optional(eitherText(most('cardBody'))),
  subtext: optional(eitherText(most('cardBody'))),
  actions: optional(list(variant('card action', button), { max: most('cardActions') })),
};
const cardConditions: readonly Condition[] = [
  { kind: 'at-least-one', of: ['hero_image', 'title', 'actions', 'body'] },
  { kind: 'not-both', of: ['icon', 'slack_icon'] },
];

/** https://docs.slack.dev/reference/block-kit/blocks/card-block */
export const card = block('card', everywhere, cardFields, ...cardConditions);

/** https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
export const carousel = block('carousel', ['message', 'home'], {
  elements: needed(list(variant('card', card.rule), { min: 1, max: most('carouselCards') })),
});

const children = variant(
  'child block',
  ...[actions, context, dividerBlock, file, headerBlock, image, input, richText, section, table, video].map(
    ({ rule }) => rule,
  ),
);

/** https://docs.slack.dev/reference/block-kit/blocks/container-block */
export const container = block(
  'container',
  ['message'],
  {
    title: optional(plainText(most('containerTitle'))),
    rich_text_title: optional(nestedRichText),
    subtitle: optional(eitherText(most('containerTitle'))),
    icon: optional(imageElement),
    child_blocks: needed(list(children, { min: 1, max: most('containerBlocks') })),
    width: optional(word('narrow', 'standard', 'wide', 'full')),
    is_collapsible: optional(flag),
    default_collapsed: optional(flag),
    has_header_divider: optional(flag),
  },
  { kind: 'not-both', of: ['title', 'rich_text_title'] },
  { kind: 'needs', field: 'default_collapsed', other: 'is_collapsible' },
);

const source = typed('url', { url: needed(text(most('buttonUrl'))), text: needed(text()) });

const taskFields: Readonly<Record<string, Field>> = {
  task_id: needed(text()),
  title: needed(text()),
  status: optional(word('pending', 'in_progress', 'complete', 'error')),
  details: optional(nestedRichText),
  output: optional(nestedRichText),
  sources: optional(list(variant('source', source))),
};

/** https://docs.slack.dev/reference/block-kit/blocks/task-card-block */
export const taskCard = block('task_card', ['message'], taskFields);

/** Inside of a plan a task need not say that it is one. */
const planTask = object({
  type: optional(word('task_card')),
  block_id: optional(text(most('blockId'))),
  ...taskFields,
});

/** https://docs.slack.dev/reference/block-kit/blocks/plan-block */
export const plan = block('plan', ['message'], {
  title: needed(text()),
  tasks: optional(list(planTask, { max: most('planTasks') })),
});
