import { anyText, count, jsonList, page, text, timestamp } from './argument.ts';
import { method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

const write = ['files:write'] as const;

/** https://docs.slack.dev/reference/methods?family=files */
export const fileMethods: readonly SlackMethod[] = [
  method({
    name: 'files.getUploadURLExternal',
    scopes: write,
    tier: 4,
    arguments: {
      filename: text,
      length: count.min(1, 'must be 1 or more'),
      alt_txt: anyText.optional(),
      alt_text: anyText.optional(),
      snippet_type: text.optional(),
    },
    errors: [
      'missing_argument',
      'alt_txt_too_large',
      'file_type_not_allowed',
      'unknown_subtype',
      'snippet_too_large',
      'file_upload_size_restricted',
      'file_uploads_disabled',
      'file_uploads_except_images_disabled',
      'storage_limit_reached',
    ],
  }),
  method({
    name: 'files.completeUploadExternal',
    scopes: write,
    tier: 4,
    arguments: {
      files: jsonList,
      channel_id: text.optional(),
      channels: text.optional(),
      thread_ts: timestamp.optional(),
      initial_comment: anyText.optional(),
      blocks: jsonList.optional(),
      username: text.optional(),
      icon_emoji: text.optional(),
      icon_url: text.optional(),
    },
    errors: [
      'file_not_found',
      'file_update_failed',
      'invalid_channel',
      'channel_not_found',
      'not_in_channel',
      'posting_to_channel_denied',
      'invalid_blocks',
      'invalid_blocks_format',
      'storage_limit_reached',
      'thread_not_found',
    ],
  }),
  method({
    name: 'files.info',
    scopes: ['files:read'],
    tier: 4,
    arguments: { file: text, count: count.optional(), page: count.optional(), ...page },
    errors: ['file_not_found', 'file_deleted', 'timezone_count'],
  }),
];
