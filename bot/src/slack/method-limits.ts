/** How often a method may be called. */
export interface MethodLimit {
  /** Calls a minute. */
  readonly perMinute: number;
  /** Counted for each channel by itself. */
  readonly perChannel?: boolean;
}

const tier2: MethodLimit = { perMinute: 20 };
const tier3: MethodLimit = { perMinute: 50 };
const tier4: MethodLimit = { perMinute: 100 };

/**
 * Of the methods that the bot calls, per app and workspace (https://docs.slack.dev/apis/web-api/rate-limits): what Slack
 * grants at least. It may grant more, and says so by not answering 429.
 */
export const methodLimits: Readonly<Record<string, MethodLimit>> = {
  // About one a second in a channel, short bursts of more, and a limit of the workspace that is not published.
  'chat.postMessage': { perMinute: 60, perChannel: true },
  'chat.update': tier3,
  'chat.delete': tier3,
  'chat.postEphemeral': tier4,
  'chat.startStream': tier2,
  'chat.appendStream': tier4,
  'chat.stopStream': tier2,
  'chat.unfurl': tier3,
  'chat.getPermalink': tier4,
  'conversations.history': tier3,
  'conversations.replies': tier3,
  'conversations.info': tier3,
  'users.info': tier4,
  'views.open': tier4,
  'views.update': tier4,
  'views.publish': tier4,
  'files.getUploadURLExternal': tier4,
  'agents.sessions.setStatus': tier3,
  'assistant.threads.setSuggestedPrompts': tier4,
};

/** An app that is distributed and not in Slack's Marketplace may read histories once a minute (since 2025-05-29). */
export const distributedHistory: MethodLimit = { perMinute: 1 };

/** A method that is not in the table. */
export const unknownMethod: MethodLimit = tier2;
