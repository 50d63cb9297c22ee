import { z } from 'zod';
import { anyText, flag, json, jsonList, jsonObject, names, text, timestamp } from './argument.ts';
import { channelErrors, method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

const scopes = ['chat:write'] as const;
const content = { text: anyText.optional(), blocks: jsonList.optional(), attachments: jsonList.optional(), markdown_text: text.optional() };
const reading = { parse: z.enum(['full', 'none']).optional(), link_names: flag.optional(), mrkdwn: flag.optional() };
const author = { username: text.optional(), icon_emoji: text.optional(), icon_url: text.optional(), as_user: flag.optional() };
const unfurling = { unfurl_links: flag.optional(), unfurl_media: flag.optional() };
const contentErrors = [
  'no_text', 'invalid_blocks', 'invalid_blocks_format', 'invalid_attachments', 'too_many_attachments', 'msg_too_long', 'msg_blocks_too_long', 'markdown_text_conflict', 'only_one_table_allowed',
  'invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large', 'metadata_must_be_sent_from_app',
] as const;

const streamContent = { markdown_text: anyText.optional(), chunks: jsonList.optional() };
const streamErrors = ['message_not_found', 'message_not_in_streaming_state', 'message_not_owned_by_app', 'streaming_mode_mismatch', 'cannot_provide_both_markdown_text_and_chunks', 'invalid_chunks', 'msg_too_long', 'msg_blocks_too_many', 'no_text'] as const;

/** https://docs.slack.dev/reference/methods?family=chat */
export const chatMethods: readonly SlackMethod[] = [
  method({
    name: 'chat.postMessage', scopes, tier: 'per-channel',
    arguments: { channel: text, ...content, ...reading, ...author, ...unfurling, thread_ts: timestamp.optional(), reply_broadcast: flag.optional(), metadata: jsonObject.optional() },
    errors: [...channelErrors, ...contentErrors, 'thread_not_found', 'cannot_reply_to_message', 'duplicate_channel_not_found', 'duplicate_message_not_found', 'restricted_action_thread_only_channel', 'restricted_action_non_threadable_channel', 'message_limit_exceeded', 'as_user_not_supported', 'ekm_access_denied', 'slack_connect_file_link_sharing_blocked'],
  }),
  method({
    name: 'chat.update', scopes, tier: 3,
    arguments: { channel: text, ts: timestamp, ...content, parse: reading.parse, link_names: flag.optional(), as_user: flag.optional(), metadata: jsonObject.optional(), reply_broadcast: flag.optional(), file_ids: names.optional() },
    errors: [...channelErrors, ...contentErrors, 'message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive', 'streaming_state_conflict', 'external_channel_migrating', 'as_user_not_supported'],
  }),
  method({
    name: 'chat.delete', scopes, tier: 3,
    arguments: { channel: text, ts: timestamp, as_user: flag.optional() },
    errors: [...channelErrors, 'message_not_found', 'cant_delete_message', 'compliance_exports_prevent_deletion', 'thread_locked', 'as_user_not_supported'],
  }),
  method({
    name: 'chat.postEphemeral', scopes, tier: 4,
    arguments: { channel: text, user: text, ...content, ...reading, ...author, thread_ts: timestamp.optional() },
    errors: [...channelErrors, ...contentErrors, 'user_not_in_channel', 'as_user_not_supported', 'messages_tab_disabled'],
  }),
  method({
    name: 'chat.getPermalink', tier: 'special',
    arguments: { channel: text, message_ts: timestamp },
    errors: ['channel_not_found', 'message_not_found'],
  }),
  method({
    name: 'chat.unfurl', scopes: ['links:write'], tier: 3,
    arguments: { channel: text.optional(), ts: timestamp.optional(), unfurl_id: text.optional(), source: z.enum(['composer', 'conversations_history']).optional(), unfurls: jsonObject.optional(), metadata: jsonObject.optional(), user_auth_required: flag.optional(), user_auth_url: text.optional(), user_auth_message: text.optional(), user_auth_blocks: jsonList.optional() },
    errors: ['cannot_unfurl_url', 'cannot_find_channel', 'cannot_find_message', 'cannot_unfurl_message', 'cannot_unfurl_attachment', 'missing_unfurls', 'missing_ts', 'missing_channel', 'missing_source', 'missing_unfurl_id', 'cannot_parse_attachment', 'invalid_unfurls_format', 'invalid_blocks', 'cannot_auth_user'],
  }),
  method({
    name: 'chat.startStream', scopes, tier: 2,
    arguments: { channel: text, thread_ts: timestamp.optional(), ...streamContent, recipient_team_id: text.optional(), recipient_user_id: text.optional(), task_display_mode: z.enum(['timeline', 'plan', 'dense']).optional(), username: text.optional(), icon_emoji: text.optional(), icon_url: text.optional() },
    errors: [...channelErrors, ...streamErrors, 'invalid_thread_ts', 'missing_recipient_team_id', 'missing_recipient_user_id', 'messages_tab_disabled', 'message_limit_exceeded'],
  }),
  method({ name: 'chat.appendStream', scopes, tier: 4, arguments: { channel: text, ts: timestamp, ...streamContent }, errors: [...channelErrors, ...streamErrors] }),
  method({
    name: 'chat.stopStream', scopes, tier: 2,
    arguments: { channel: text, ts: timestamp, ...streamContent, blocks: jsonList.optional(), metadata: jsonObject.optional(), session_status: text.optional() },
    errors: [...channelErrors, ...streamErrors, 'invalid_blocks', 'invalid_metadata_format', 'metadata_too_large'],
  }),
  method({
    name: 'blocks.validate', token: 'none', tier: 'special',
    arguments: { blocks: json.optional(), message: json.optional(), view: json.optional() },
    errors: ['invalid_arguments'],
  }),
];

