import { z } from 'zod';
import { text, timestamp } from './argument.ts';
import { channelErrors, method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

const at = { channel: text, timestamp };

/** What is put onto a message or a channel: pins, reactions, bookmarks. */
export const channelMarkMethods: readonly SlackMethod[] = [
  method({
    name: 'pins.add',
    scopes: ['pins:write'],
    tier: 2,
    arguments: at,
    errors: [...channelErrors, 'already_pinned', 'message_not_found', 'no_item_specified', 'not_pinnable'],
  }),
  method({
    name: 'pins.remove',
    scopes: ['pins:write'],
    tier: 2,
    arguments: at,
    errors: [...channelErrors, 'no_pin', 'message_not_found'],
  }),
  method({
    name: 'pins.list',
    scopes: ['pins:read'],
    tier: 2,
    arguments: { channel: text },
    errors: ['channel_not_found'],
  }),
  method({
    name: 'reactions.add',
    scopes: ['reactions:write'],
    tier: 3,
    arguments: { ...at, name: text },
    errors: [
      ...channelErrors,
      'already_reacted',
      'invalid_name',
      'message_not_found',
      'no_item_specified',
      'too_many_emoji',
      'too_many_reactions',
      'thread_locked',
    ],
  }),
  method({
    name: 'reactions.remove',
    scopes: ['reactions:write'],
    tier: 2,
    arguments: { ...at, name: text },
    errors: [...channelErrors, 'no_reaction', 'invalid_name', 'message_not_found'],
  }),
  method({
    name: 'bookmarks.add',
    scopes: ['bookmarks:write'],
    tier: 2,
    arguments: {
      channel_id: text,
      title: text,
      type: z.enum(['link']),
      link: text,
      emoji: text.optional(),
      entity_id: text.optional(),
      parent_id: text.optional(),
    },
    errors: [
      'channel_not_found',
      'invalid_bookmark_type',
      'invalid_link',
      'invalid_emoji',
      'limit_reached',
      'too_many_bookmarks',
      'not_in_channel',
    ],
  }),
  method({
    name: 'bookmarks.edit',
    scopes: ['bookmarks:write'],
    tier: 2,
    arguments: {
      channel_id: text,
      bookmark_id: text,
      title: text.optional(),
      link: text.optional(),
      emoji: text.optional(),
    },
    errors: ['channel_not_found', 'not_found', 'invalid_bookmark_type', 'not_in_channel'],
  }),
  method({
    name: 'bookmarks.list',
    scopes: ['bookmarks:read'],
    tier: 3,
    arguments: { channel_id: text },
    errors: ['channel_not_found', 'not_in_channel'],
  }),
  method({
    name: 'bookmarks.remove',
    scopes: ['bookmarks:write'],
    tier: 2,
    arguments: { channel_id: text, bookmark_id: text },
    errors: ['channel_not_found', 'not_found', 'not_in_channel'],
  }),
];
