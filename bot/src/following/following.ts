import type { AgentClient } from '@autodevops/agentd/client';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { Clock } from '../waiting/clock.ts';

/** What was made of an incident or a change. */
export interface Shown {
  /** Of what was shown, as the agent's lists have it. */
  readonly updatedAt: string;
  /** What else looks different because of it. */
  readonly also: readonly string[];
}

/** Until something happens again to what is being shown, or so many milliseconds have passed. */
export type StirredAgain = (milliseconds: number) => Promise<void>;

/** A line of the agent's lists: an incident or a change that somebody still looks at. */
export interface StandingLine {
  readonly subject: string;
  readonly updatedAt: string;
}

/** In milliseconds. */
export interface FollowPace {
  /** How long a replica that died keeps the others from a customer. */
  readonly lease: number;
  /** Between two looks at what stands, whatever the events said. */
  readonly sweep: number;
  /** How long an agent does not answer before it is said in the channel. */
  readonly awayAfter: number;
  /** The shortest wait after a failure; the longest is thirty times as long. */
  readonly again: number;
}

export const usualPace: FollowPace = { lease: 15_000, sweep: 15_000, awayAfter: 120_000, again: 1000 };

export interface AgentAway {
  readonly number: number;
  readonly since: string;
  /** Empty while it has not returned. */
  readonly until: string;
}

/** Everything that following one customer leans on. */
export interface Following {
  readonly customer: string;
  /** Tells this process from others on the same store. */
  readonly holder: string;
  /** In the bot's own name, which may look and no more. */
  readonly agent: Pick<AgentClient, 'events'>;
  readonly store: Pick<BotStore, 'notes' | 'leases'>;
  readonly clock: Clock;
  readonly pace: FollowPace;
  /** Wants in Slack what is to be seen of an incident or a change now. */
  readonly show: (subject: string, signal: AbortSignal, stirredAgain: StirredAgain) => Promise<Shown>;
  /** What goes on, and what was opened since that time (ISO 8601). */
  readonly standing: (since: string, signal: AbortSignal) => Promise<readonly StandingLine[]>;
  /** Wants in the customer's channel that its agent is away, or that it has returned. */
  readonly sayAway: (away: AgentAway, signal: AbortSignal) => Promise<void>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}
