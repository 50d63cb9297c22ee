import type { Handler } from '../handling/handler.ts';
import { directMessage } from './direct-message.ts';

/** What is said to the bot alone. */
export const messagesTabHandlers: readonly Handler[] = [directMessage];
