import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { t } from '../language/translate.ts';
import { Observed } from '../observing/observed.ts';
import type { Clock } from '../ports/clock.ts';
import type { AgentLauncher, AgentWanted, OpenAgent } from './agent-launcher.ts';
import { deathsInRow, restartDelay } from './restart-delay.ts';

/** How the agent of this window stands. */
export type AgentState =
  | { readonly kind: 'none' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly client: AgentClient }
  | { readonly kind: 'restarting'; readonly deaths: number; readonly delay: number }
  /** `givenUp`: it died too often, and is started again only by a person. */
  | { readonly kind: 'failed'; readonly error: AutoDevOpsError; readonly givenUp: boolean };

/** Who needs the agent: a person gets a new attempt at once, what goes on by itself now and then. */
export type Needing = 'person' | 'feed';

export interface SupervisorParts {
  readonly launcher: AgentLauncher;
  readonly clock: Clock;
  /** Undefined where there is no cluster, or none may be spoken to: then why. */
  readonly wanted: () => AgentWanted | AutoDevOpsError;
  readonly log: (text: string) => void;
}

type Running = Extract<AgentState, { kind: 'running' }>;
type Settled = Extract<AgentState, { kind: 'running' | 'failed' }>;

/** How long what goes on by itself leaves a failed start alone, in milliseconds. */
const restAfterFailure = 60_000;

function isSettled(state: AgentState): state is Settled {
  return state.kind === 'running' || state.kind === 'failed';
}

function foreseen(error: unknown): AutoDevOpsError {
  if (error instanceof AutoDevOpsError) return error;
  return new AutoDevOpsError(
    'internal',
    t('The agent could not be started: {0}', error instanceof Error ? error.message : t('nobody knows why')),
    t('See its log.'),
    { cause: error },
  );
}

/**
 * Keeps the agent of this window alive from the first time that it is needed: starts or finds it, starts it again after
 * it died, a little later each time, and gives up with a reason that a person can act on.
 */
export class AgentSupervisor {
  readonly state = new Observed<AgentState>({ kind: 'none' });
  readonly #parts: SupervisorParts;
  #open: OpenAgent | undefined;
  /** Ends what goes on for the agent that was wanted; another one follows. */
  #life = new AbortController();
  #deaths = 0;
  #failedAt = 0;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
  }

  /** The client of the agent, which is started where it is not. Throws why there is none. */
  async client(signal: AbortSignal, needing: Needing = 'person'): Promise<AgentClient> {
    if (this.#mayBegin(needing)) this.#begin();
    const settled = await this.state.until(isSettled, signal);
    if (settled.kind === 'failed') throw settled.error;
    return settled.client;
  }

  /** Lets the agent go: another cluster was chosen, or none may be spoken to. */
  leave(): void {
    this.#life.abort();
    this.#open?.letGo();
    this.#open = undefined;
    this.#deaths = 0;
    this.state.set({ kind: 'none' });
  }

  /** A person has reason to think that it works by now: what failed is tried again at once. */
  again(): void {
    if (this.state.value.kind === 'failed') this.#begin();
  }

  /** Ends the agent's process, whoever started it, and starts it anew. Throws why that did not succeed. */
  async restart(signal: AbortSignal): Promise<void> {
    const wanted = this.#parts.wanted();
    if (wanted instanceof AutoDevOpsError) throw wanted;
    this.leave();
    this.state.set({ kind: 'starting' });
    try {
      await this.#parts.launcher.stop(wanted, signal);
    } catch (error) {
      this.#fail(error, false);
      throw error;
    }
    this.#begin();
    await this.client(signal);
  }

  #mayBegin(needing: Needing): boolean {
    const { value } = this.state;
    if (value.kind !== 'failed') return value.kind === 'none';
    return needing === 'person' || (!value.givenUp && this.#parts.clock.now() - this.#failedAt >= restAfterFailure);
  }

  #fail(error: unknown, givenUp: boolean): void {
    this.#failedAt = this.#parts.clock.now();
    this.state.set({ kind: 'failed', error: foreseen(error), givenUp });
  }

  #begin(): void {
    const life = new AbortController();
    this.#life = life;
    this.#deaths = 0;
    void this.#keepAlive(life.signal).catch((error: unknown) => {
      if (!life.signal.aborted) this.#fail(error, false);
    });
  }

  async #keepAlive(life: AbortSignal): Promise<void> {
    const { clock, log } = this.#parts;
    for (;;) {
      const open = await this.#start(life);
      const since = clock.now();
      await gone(open.lost, life);
      if (life.aborted) return;
      this.#open = undefined;
      this.#deaths = deathsInRow(this.#deaths, clock.now() - since);
      const delay = restartDelay(this.#deaths);
      log(`the agent ended (${this.#deaths} in a row)`);
      if (delay === undefined) {
        return this.#fail(
          new AutoDevOpsError(
            'agent.unreachable',
            t('The agent ended {0} times in a row and is not started again.', this.#deaths),
            t('See its log, then restart it.'),
          ),
          true,
        );
      }
      this.state.set({ kind: 'restarting', deaths: this.#deaths, delay });
      await clock.wait(delay, life);
    }
  }

  async #start(life: AbortSignal): Promise<OpenAgent> {
    const wanted = this.#parts.wanted();
    if (wanted instanceof AutoDevOpsError) throw wanted;
    if (this.#deaths === 0) this.state.set({ kind: 'starting' });
    const open = await this.#parts.launcher.open(wanted, life);
    if (life.aborted) {
      open.letGo();
      throw life.reason;
    }
    this.#open = open;
    this.state.set({ kind: 'running', client: open.client } satisfies Running);
    return open;
  }
}

/** Comes back when either signal aborts. */
async function gone(lost: AbortSignal, life: AbortSignal): Promise<void> {
  const either = AbortSignal.any([lost, life]);
  if (!either.aborted) {
    await new Promise<void>((resolve) => {
      either.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
