import type { Handler } from '../handling/handler.ts';
import { directMessage } from './direct-message.ts';
import { assistantThreadStarted } from './thread-started.ts';

/** The assistant pane, and what is said to the bot alone. */
export const assistantHandlers: readonly Handler[] = [assistantThreadStarted, directMessage];
