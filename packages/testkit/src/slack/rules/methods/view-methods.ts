import { json, text } from './argument.ts';
import { method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

const errors = ['view_too_large', 'duplicate_external_id', 'invalid_blocks', 'hash_conflict'] as const;
const opening = [
  ...errors,
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger_id',
  'trigger_expired',
  'trigger_exchanged',
  'missing_trigger',
  'push_limit_reached',
  'not_enabled',
] as const;

/** `view.open` and its like need no scope. https://docs.slack.dev/reference/methods?family=views */
export const viewMethods: readonly SlackMethod[] = [
  method({
    name: 'views.open',
    tier: 4,
    arguments: { trigger_id: text.optional(), interactivity_pointer: text.optional(), view: json },
    errors: opening,
  }),
  method({
    name: 'views.push',
    tier: 4,
    arguments: { trigger_id: text.optional(), interactivity_pointer: text.optional(), view: json },
    errors: opening,
  }),
  method({
    name: 'views.update',
    tier: 4,
    arguments: { view_id: text.optional(), external_id: text.optional(), hash: text.optional(), view: json },
    errors: [...errors, 'not_found', 'not_allowed'],
  }),
  method({
    name: 'views.publish',
    tier: 4,
    arguments: { user_id: text, hash: text.optional(), view: json },
    errors: [...errors, 'not_enabled', 'user_not_found'],
  }),
];
