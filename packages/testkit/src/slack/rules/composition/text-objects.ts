import { flag, needed, object, optional, text, typed, variant } from '../rule.ts';
import type { ObjectRule, VariantRule } from '../rule.ts';
import { most } from '../limits.ts';

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export function plainText(max = most('text')): ObjectRule {
  return typed('plain_text', { text: needed(text(max)), emoji: optional(flag) });
}

export function mrkdwn(max = most('text')): ObjectRule {
  return typed('mrkdwn', { text: needed(text(max)), verbatim: optional(flag) });
}

export function eitherText(max = most('text')): VariantRule {
  return variant('text object', plainText(max), mrkdwn(max));
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
export const slackFile = object(
  { id: optional(text()), url: optional(text()) },
  { kind: 'exactly-one', of: ['id', 'url'] },
);
