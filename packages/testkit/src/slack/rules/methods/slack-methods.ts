import { agentSessionMethods } from './agent-session-methods.ts';
import { appMethods } from './app-methods.ts';
import { assistantMethods } from './assistant-methods.ts';
import { channelMarkMethods } from './channel-mark-methods.ts';
import { chatMethods } from './chat-methods.ts';
import { conversationMethods } from './conversation-methods.ts';
import { fileMethods } from './file-methods.ts';
import type { SlackMethod } from './method.ts';
import { peopleMethods } from './people-methods.ts';
import { viewMethods } from './view-methods.ts';

const all: readonly SlackMethod[] = [
  ...agentSessionMethods,
  ...appMethods,
  ...assistantMethods,
  ...channelMarkMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...viewMethods,
];

/**
 * The methods by name, as `https://slack.com/api/NAME`. Tiers are those of
 * https://github.com/slackapi/java-slack-sdk/blob/main/metadata/web-api/rate_limit_tiers.json (MIT), the rest is each
 * method's page at https://docs.slack.dev/reference/methods.
 */
export const slackMethods: Readonly<Record<string, SlackMethod>> = Object.fromEntries(
  all.map((method) => [method.name, method]),
);
