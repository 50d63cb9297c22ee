import type { AgentClient } from '@autodevops/agentd/client';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { foreseenFailure } from '../agent/foreseen-failure.ts';
import { Observed } from '../observing/observed.ts';
import type { Clock } from '../ports/clock.ts';

/** What of the cluster is kept in view. */
export interface ProblemsScope {
  readonly namespace: string | undefined;
  readonly hygiene: boolean;
}

/** `stale`: what was seen last, and why it is not current. */
export type ProblemsState =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'live'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'stale'; readonly diagnosis: Diagnosis; readonly error: AutoDevOpsError }
  | { readonly kind: 'failed'; readonly error: AutoDevOpsError };

export interface ProblemsParts {
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  readonly scope: () => ProblemsScope;
  readonly clock: Clock;
}

const pause = 3000;

/** The diagnosis of the chosen cluster, kept current while somebody looks at it. */
export class ProblemsFeed {
  readonly state = new Observed<ProblemsState>({ kind: 'unasked' });
  readonly #parts: ProblemsParts;
  #life: AbortController | undefined;

  constructor(parts: ProblemsParts) {
    this.#parts = parts;
  }

  /** Follows the cluster from now on; does nothing where it does already. */
  follow(): void {
    if (this.#life !== undefined) return;
    const life = new AbortController();
    this.#life = life;
    void this.#run(life.signal).catch(() => undefined);
  }

  /** Looks no more, and forgets what was seen: it was of another cluster. */
  forget(): void {
    this.stop();
    this.state.set({ kind: 'unasked' });
  }

  stop(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  /** Begins anew: with another scope, or because the person wants to know now. */
  again(): void {
    this.stop();
    this.follow();
  }

  get followed(): boolean {
    return this.#life !== undefined;
  }

  async #run(life: AbortSignal): Promise<void> {
    const { client, scope, clock } = this.#parts;
    if (!('diagnosis' in this.state.value)) this.state.set({ kind: 'looking' });
    while (!life.aborted) {
      try {
        const { namespace, hygiene } = scope();
        const agent = await client(life);
        for await (const { event } of agent.findings(
          { query: { hygiene: String(hygiene), ...(namespace === undefined ? {} : { namespace }) } },
          { signal: life },
        )) {
          if (life.aborted) return;
          this.state.set({ kind: 'live', diagnosis: event.diagnosis });
        }
      } catch (error) {
        if (life.aborted) return;
        this.#tellFailure(foreseenFailure(error));
      }
      await clock.wait(pause, life);
    }
  }

  #tellFailure(error: AutoDevOpsError): void {
    const { value } = this.state;
    this.state.set(
      'diagnosis' in value ? { kind: 'stale', diagnosis: value.diagnosis, error } : { kind: 'failed', error },
    );
  }
}
