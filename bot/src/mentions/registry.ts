import type { Handler } from '../handling/handler.ts';
import { appMention } from './app-mention.ts';
import { sessionStopped } from './session-stopped.ts';
import { threadReply } from './thread-reply.ts';

/** What people say to the bot in channels, and Slack's stop button while it works on an answer anywhere. */
export const mentionHandlers: readonly Handler[] = [appMention, threadReply, sessionStopped];
