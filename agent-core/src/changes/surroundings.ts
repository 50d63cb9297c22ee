import type { Actor } from '@autodevops/domain/change/actor';
import type { Change } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { SendOptions } from '@autodevops/domain/ports/cluster-objects';
import type { Store } from '@autodevops/domain/ports/store';
import type { Tracer } from '@autodevops/domain/ports/tracer';
import type { Digest } from './simulating/digest.ts';
import type { Question } from './policy/question.ts';

/** Time, given from outside. `wait` ends early with `interrupted` when the signal says stop. */
export interface Clock {
  /** In milliseconds. */
  now(): number;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** A clock that somebody may have set: `now` is the latest that it can be. */
export interface BoundedClock extends Clock {
  /** The earliest that it can be, in milliseconds: what holds something back ends by this. */
  earliest(): number;
}

/**
 * What the policy says of a change; it knows the rest (mode, history, environment) by itself. The change with this id is
 * the one that is asked about, so it does not count among those before it.
 */
export type Decide = (question: Omit<Question, 'environment'>, changeId: string) => Promise<Decision>;

/** What every part of a change's way leans on. */
export interface Surroundings {
  readonly store: Pick<Store, 'changes' | 'audit' | 'leases' | 'people' | 'settings'>;
  readonly clock: BoundedClock;
  readonly digest: Digest;
  readonly decide: Decide;
  /** The agent itself, which acts on behalf of people. */
  readonly agent: Actor;
  /** Tells this process from others that share the store; a process that is started anew may keep its name. */
  readonly holder: string;
  /**
   * The Kubernetes user that acts for a change, by impersonation; absent, and where it gives none: the agent's own. Throws
   * `change.not-allowed` where nobody may act for it.
   */
  readonly identity?: (change: Pick<Change, 'requester' | 'approvals'>) => Promise<SendOptions['as']>;
  /** Hears where time goes; absent: nobody does. */
  readonly tracer?: Tracer;
}

/** Now, ISO 8601. */
export function timeOf(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
