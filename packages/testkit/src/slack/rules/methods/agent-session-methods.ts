import { anyText, text, timestamp } from './argument.ts';
import { method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

const scopes = ['chat:write'] as const;
const at = { channel_id: text.optional(), thread_ts: timestamp.optional() };
const errors = [
  'channel_not_found',
  'feature_disabled',
  'not_authorized',
  'thread_ts_required',
  'thread_ts_not_allowed',
] as const;

/** https://docs.slack.dev/reference/methods?family=agents.sessions */
export const agentSessionMethods: readonly SlackMethod[] = [
  method({
    name: 'agents.sessions.setStatus',
    scopes,
    tier: 3,
    arguments: {
      ...at,
      status: text,
      title: text.max(200, 'must be no more than 200 characters').optional(),
      initiator_user_id: text.optional(),
      username: anyText.optional(),
      icon_emoji: anyText.optional(),
      icon_url: anyText.optional(),
    },
    errors: [...errors, 'invalid_status', 'user_not_found'],
  }),
  method({
    name: 'agents.sessions.rename',
    scopes,
    tier: 3,
    arguments: { ...at, title: text.max(200, 'must be no more than 200 characters') },
    errors: [...errors, 'invalid_name', 'is_archived', 'name_taken', 'session_not_found'],
  }),
];
