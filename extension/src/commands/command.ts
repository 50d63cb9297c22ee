import type { WindowParts } from '../window-parts.ts';

/** What a command does. It throws what went wrong, as an error for people; whoever runs it tells that. */
export type CommandHandler = (parts: WindowParts, argument: unknown, signal: AbortSignal) => Promise<void>;
