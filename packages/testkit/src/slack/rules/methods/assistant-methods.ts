import { anyText, jsonList, text, timestamp } from './argument.ts';
import { method } from './method-entry.ts';
import type { SlackMethod } from './method.ts';

/** Both scopes do, while Slack moves from the first to the second. */
const scopes = ['assistant:write', 'chat:write'] as const;
const at = { channel_id: text, thread_ts: timestamp };
const errors = [
  'channel_not_found',
  'thread_not_found',
  'invalid_thread_ts',
  'no_permission',
  'not_in_channel',
] as const;

/** https://docs.slack.dev/reference/methods?family=assistant.threads */
export const assistantMethods: readonly SlackMethod[] = [
  method({
    name: 'assistant.threads.setStatus',
    scopes,
    tier: 'special',
    arguments: {
      ...at,
      status: anyText,
      loading_messages: jsonList.optional(),
      username: text.optional(),
      icon_emoji: text.optional(),
      icon_url: text.optional(),
    },
    errors: [...errors, 'too_many_loading_messages'],
  }),
  method({
    name: 'assistant.threads.setSuggestedPrompts',
    scopes: ['assistant:write'],
    tier: 4,
    arguments: { channel_id: text, thread_ts: timestamp.optional(), title: text.optional(), prompts: jsonList },
    errors: [...errors, 'invalid_prompts', 'too_many_prompts'],
  }),
  method({
    name: 'assistant.threads.setTitle',
    scopes: ['assistant:write'],
    tier: 3,
    arguments: { ...at, title: text },
    errors,
  }),
];
