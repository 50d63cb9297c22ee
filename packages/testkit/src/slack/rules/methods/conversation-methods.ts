import { anyText, flag, names, page, span, text, timestamp } from './argument.ts';
import { channelErrors, method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

const read = ['channels:read', 'groups:read', 'im:read', 'mpim:read'] as const;
const history = ['channels:history', 'groups:history', 'im:history', 'mpim:history'] as const;

/** https://docs.slack.dev/reference/methods?family=conversations */
export const conversationMethods: readonly SlackMethod[] = [
  method({
    name: 'conversations.info',
    scopes: read,
    tier: 3,
    arguments: { channel: text, include_locale: flag.optional(), include_num_members: flag.optional() },
    errors: ['channel_not_found', 'team_access_not_granted', 'method_not_supported_for_channel_type'],
  }),
  method({
    name: 'conversations.members',
    scopes: read,
    tier: 4,
    arguments: { channel: text, ...page },
    errors: ['channel_not_found', 'invalid_limit', 'invalid_cursor', 'fetch_members_failed'],
  }),
  method({
    name: 'conversations.history',
    scopes: history,
    tier: 3,
    arguments: { channel: text, ...page, ...span, include_all_metadata: flag.optional() },
    errors: [
      ...channelErrors,
      'invalid_cursor',
      'invalid_ts_latest',
      'invalid_ts_oldest',
      'invalid_metadata_filter_keys',
    ],
  }),
  method({
    name: 'conversations.replies',
    scopes: history,
    tier: 3,
    arguments: { channel: text, ts: timestamp, ...page, ...span, include_all_metadata: flag.optional() },
    errors: [...channelErrors, 'thread_not_found', 'invalid_cursor', 'invalid_ts_latest', 'invalid_ts_oldest'],
  }),
  method({
    name: 'conversations.join',
    scopes: ['channels:join'],
    tier: 3,
    arguments: { channel: text },
    errors: ['channel_not_found', 'is_archived', 'method_not_supported_for_channel_type', 'team_access_not_granted'],
  }),
  method({
    name: 'conversations.leave',
    scopes: ['channels:manage', 'groups:write', 'im:write', 'mpim:write'],
    tier: 3,
    arguments: { channel: text },
    errors: [
      'channel_not_found',
      'is_archived',
      'cant_leave_general',
      'last_member',
      'method_not_supported_for_channel_type',
    ],
  }),
  method({
    name: 'conversations.open',
    scopes: ['im:write', 'mpim:write'],
    tier: 3,
    arguments: {
      channel: text.optional(),
      users: names.optional(),
      prevent_creation: flag.optional(),
      return_im: flag.optional(),
    },
    errors: [
      'user_not_found',
      'user_not_visible',
      'user_disabled',
      'users_list_not_supplied',
      'not_enough_users',
      'too_many_users',
      'channel_not_found',
      'cannot_dm_bot',
      'invalid_user_combination',
    ],
  }),
  method({
    name: 'conversations.invite',
    scopes: ['channels:manage', 'channels:write.invites', 'groups:write', 'groups:write.invites'],
    tier: 3,
    arguments: { channel: text, users: names, force: flag.optional() },
    errors: [
      ...channelErrors,
      'already_in_channel',
      'cant_invite_self',
      'cant_invite',
      'user_not_found',
      'no_user',
      'user_is_restricted',
      'too_many_users',
    ],
  }),
  method({
    name: 'conversations.list',
    scopes: read,
    tier: 2,
    arguments: { ...page, types: text.optional(), exclude_archived: flag.optional() },
    errors: ['invalid_cursor', 'invalid_limit', 'invalid_types', 'method_not_supported_for_channel_type'],
  }),
  method({
    name: 'conversations.create',
    scopes: ['channels:manage', 'groups:write'],
    tier: 2,
    arguments: { name: text, is_private: flag.optional() },
    errors: [
      'name_taken',
      'invalid_name_required',
      'invalid_name_specials',
      'invalid_name_maxlength',
      'restricted_action',
    ],
  }),
  method({
    name: 'conversations.archive',
    scopes: ['channels:manage', 'groups:write'],
    tier: 2,
    arguments: { channel: text },
    errors: [...channelErrors, 'already_archived', 'cant_archive_general'],
  }),
  method({
    name: 'conversations.setTopic',
    scopes: ['channels:manage', 'groups:write'],
    tier: 2,
    arguments: { channel: text, topic: anyText },
    errors: [...channelErrors, 'too_long'],
  }),
  method({
    name: 'conversations.setPurpose',
    scopes: ['channels:manage', 'groups:write'],
    tier: 2,
    arguments: { channel: text, purpose: anyText },
    errors: [...channelErrors, 'too_long'],
  }),
];
