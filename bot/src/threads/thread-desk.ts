import type { AgentClient } from '@autodevops/agentd/client';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { Clock } from '../waiting/clock.ts';
import type { SlackChannel } from '../slack/slack-api.ts';
import type { ThreadNote } from './thread-note.ts';

/** What showing one customer's incidents and changes leans on. */
export interface ThreadDesk {
  readonly customer: string;
  /** In the bot's own name. */
  readonly agent: Pick<AgentClient, 'incident' | 'incidents' | 'change' | 'changes' | 'cluster' | 'events'>;
  readonly store: Pick<BotStore, 'messages' | 'channels' | 'notes'>;
  /** The incidents' channel of the configuration; undefined where there is none, or the app is not installed yet. */
  readonly configured: () => Promise<ThreadNote['place'] | undefined>;
  /** What Slack says of a channel now. */
  readonly look: (place: ThreadNote['place'], signal: AbortSignal) => Promise<SlackChannel>;
  readonly clock: Clock;
  /** Address of a message that stands in Slack. */
  readonly permalink: (
    at: { readonly app: string; readonly team: string; readonly channel: string; readonly ts: string },
    signal: AbortSignal,
  ) => Promise<string>;
}

/** In how many looks in a row something may have changed before it is left to the next stirring. */
export const mostLooks = 3;
