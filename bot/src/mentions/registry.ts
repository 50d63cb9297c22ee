import type { Handler } from '../handling/handler.ts';
import { appMention } from './app-mention.ts';
import { threadReply } from './thread-reply.ts';

/** What people say to the bot in channels. */
export const mentionHandlers: readonly Handler[] = [appMention, threadReply];
