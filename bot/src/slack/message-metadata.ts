/** What kind of message of ours a key is of. */
export const keyType = 'autodevops_message';

/** What a message is found again by: metadata, which people do not see. https://docs.slack.dev/messaging/message-metadata */
export function messageMetadata(key: string): {
  readonly event_type: string;
  readonly event_payload: { readonly key: string };
} {
  return { event_type: keyType, event_payload: { key } };
}
