import type { AgentClient } from '@autodevops/agentd/client';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { Observed } from '../observing/observed.ts';
import type { Clock } from '../ports/clock.ts';
import type { Kept } from '../ports/kept.ts';
import { foreseenFailure } from './foreseen-failure.ts';

export type ListState<T> =
  | { readonly kind: 'unasked' }
  | ({ readonly kind: 'known'; /** Why it is not current. */ readonly stale?: AutoDevOpsError } & T)
  | { readonly kind: 'failed'; readonly error: AutoDevOpsError };

export interface ListParts {
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  readonly clock: Clock;
  readonly kept: Kept;
  /** Cursors of one agent mean nothing to another. */
  readonly agentKey: () => string;
}

/** What is listed, which events say that it moved, and under which name the place in their stream is kept. */
export interface Listing<T> {
  readonly cursor: string;
  readonly isOurs: (topic: string) => boolean;
  readonly list: (agent: AgentClient, signal: AbortSignal) => Promise<T>;
}

const pause = 3000;
/** Several events of one moment are one reason to look. */
const gathering = 150;

function cursorFrom(kept: unknown): number {
  return typeof kept === 'number' && Number.isSafeInteger(kept) && kept >= 0 ? kept : 0;
}

/** Something of the chosen cluster's agent that is listed once, and again whenever an event says that it moved. */
export class ListFeed<T extends object> {
  readonly state = new Observed<ListState<T>>({ kind: 'unasked' });
  readonly #parts: ListParts;
  readonly #listing: Listing<T>;
  #life: AbortController | undefined;
  #looking = false;
  #again = false;

  constructor(parts: ListParts, listing: Listing<T>) {
    this.#parts = parts;
    this.#listing = listing;
  }

  follow(): void {
    if (this.#life !== undefined) return;
    const life = new AbortController();
    this.#life = life;
    void this.#run(life.signal).catch(() => undefined);
  }

  get followed(): boolean {
    return this.#life !== undefined;
  }

  stop(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  forget(): void {
    this.stop();
    this.state.set({ kind: 'unasked' });
  }

  async #run(life: AbortSignal): Promise<void> {
    const { client, clock, kept, agentKey } = this.#parts;
    while (!life.aborted) {
      try {
        const agent = await client(life);
        await this.#look(agent, life);
        const name = `${this.#listing.cursor}:${agentKey()}`;
        // From where this window stood last: between the list and the stream nothing gets lost.
        for await (const { event } of agent.events({ query: { after: cursorFrom(kept.get(name)) } }, { signal: life })) {
          await kept.put(name, event.cursor);
          if (this.#listing.isOurs(event.topic)) this.#lookSoon(agent, life);
        }
      } catch (error) {
        this.#tellFailure(error, life);
      }
      await clock.wait(pause, life);
    }
  }

  #tellFailure(failed: unknown, life: AbortSignal): void {
    if (life.aborted) return;
    const { value } = this.state;
    const error = foreseenFailure(failed);
    this.state.set(value.kind === 'known' ? { ...value, stale: error } : { kind: 'failed', error });
  }

  /** One look at a time; what happens meanwhile is a reason for one more. */
  #lookSoon(agent: AgentClient, life: AbortSignal): void {
    this.#again = true;
    if (!this.#looking) void this.#lookWhileNew(agent, life).catch((error: unknown) => this.#tellFailure(error, life));
  }

  async #lookWhileNew(agent: AgentClient, life: AbortSignal): Promise<void> {
    this.#looking = true;
    try {
      while (this.#again) {
        await this.#parts.clock.wait(gathering, life);
        this.#again = false;
        await this.#look(agent, life);
      }
    } finally {
      this.#looking = false;
    }
  }

  async #look(agent: AgentClient, signal: AbortSignal): Promise<void> {
    const listed = await this.#listing.list(agent, signal);
    if (!signal.aborted) this.state.set({ kind: 'known', ...listed });
  }
}
