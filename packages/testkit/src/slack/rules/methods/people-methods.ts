import { flag, page, text } from './argument.ts';
import { method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

/** https://docs.slack.dev/reference/methods?family=users */
export const peopleMethods: readonly SlackMethod[] = [
  method({
    name: 'users.info',
    scopes: ['users:read'],
    tier: 4,
    arguments: { user: text, include_locale: flag.optional() },
    errors: ['user_not_found', 'user_not_visible'],
  }),
  method({
    name: 'users.lookupByEmail',
    scopes: ['users:read.email'],
    tier: 3,
    arguments: { email: text },
    errors: ['users_not_found'],
  }),
  method({
    name: 'users.list',
    scopes: ['users:read'],
    tier: 2,
    arguments: { ...page, include_locale: flag.optional() },
    errors: ['invalid_cursor', 'limit_required'],
  }),
  method({
    name: 'users.conversations',
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    tier: 2,
    arguments: { ...page, user: text.optional(), types: text.optional(), exclude_archived: flag.optional() },
    errors: ['invalid_cursor', 'invalid_types', 'user_not_found'],
  }),
  method({
    name: 'team.info',
    scopes: ['team:read'],
    tier: 3,
    arguments: { team: text.optional(), domain: text.optional() },
    errors: ['team_not_found', 'user_not_found'],
  }),
  method({
    name: 'auth.teams.list',
    tier: 2,
    arguments: { ...page, include_icon: flag.optional() },
    errors: ['invalid_cursor', 'not_allowed_token_type'],
  }),
  method({
    name: 'bots.info',
    scopes: ['users:read'],
    tier: 3,
    arguments: { bot: text.optional() },
    errors: ['bot_not_found'],
  }),
];
