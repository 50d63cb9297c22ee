import { needed, optional, text, typed } from '../rule.ts';
import type { Condition, Field } from '../rule.ts';
import { most } from '../limits.ts';
import { plainText, slackFile } from '../composition/text-objects.ts';

const source: Readonly<Record<string, Field>> = {
  image_url: optional(text(most('imageUrl'))),
  slack_file: optional(slackFile),
};
const oneSource: Condition = { kind: 'exactly-one', of: ['image_url', 'slack_file'] };

/** https://docs.slack.dev/reference/block-kit/block-elements/image-element */
export const imageElement = typed('image', { alt_text: needed(text(most('imageAlt'))), ...source }, oneSource);

/** Fields of an image block beyond those of every block. https://docs.slack.dev/reference/block-kit/blocks/image-block */
export const imageBlockFields: Readonly<Record<string, Field>> = {
  alt_text: needed(text(most('imageAlt'))),
  title: optional(plainText(most('imageTitle'))),
  ...source,
};
export const imageBlockCondition = oneSource;
