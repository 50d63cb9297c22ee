import { createHash } from 'node:crypto';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { MessagePlace, WantedMessage } from '@autodevops/domain/ports/bot-store';
import type { SlackMessage } from '../slack/slack-api.ts';

/** A message of a customer's threads, wanted there. */
export function wanted(
  key: string,
  customer: string,
  place: MessagePlace,
  { text, blocks }: SlackMessage,
): WantedMessage {
  const content = { text, blocks };
  return {
    key,
    customer,
    lane: 'incident',
    place,
    content,
    digest: createHash('sha256').update(canonicalJson(content)).digest('hex'),
  };
}
