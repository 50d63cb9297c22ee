import {
  actions,
  context,
  contextActions,
  dividerBlock,
  file,
  headerBlock,
  image,
  input,
  markdown,
  richText,
  section,
} from './basic-blocks.ts';
import type { BlockRule } from './block-rule.ts';
import { alert, card, carousel, container, plan, taskCard } from './card-blocks.ts';
import { dataVisualization } from './chart-block.ts';
import { dataTable, table } from './table-blocks.ts';
import { video } from './video-block.ts';

const all: readonly BlockRule[] = [
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  contextActions,
  dataTable,
  dataVisualization,
  dividerBlock,
  file,
  headerBlock,
  image,
  input,
  markdown,
  plan,
  richText,
  section,
  table,
  taskCard,
  video,
];

/** Every block that Slack knows, by its type. https://docs.slack.dev/reference/block-kit/blocks */
export const blockRules: Readonly<Record<string, BlockRule>> = Object.fromEntries(
  all.map((rule) => [rule.rule.type ?? '', rule]),
);
