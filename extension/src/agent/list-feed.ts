import type { AgentClient } from '@autodevops/agentd/client';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { Observed } from '../observing/observed.ts';
import type { Clock } from '../ports/clock.ts';
import type { AgentEvents } from './agent-events.ts';
import { foreseenFailure } from './foreseen-failure.ts';

export type ListState<T> =
  | { readonly kind: 'unasked' }
  | ({ readonly kind: 'known'; /** Why it is not current. */ readonly stale?: AutoDevOpsError } & T)
  | { readonly kind: 'failed'; readonly error: AutoDevOpsError };

export interface ListParts {
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  readonly clock: Clock;
  readonly events: AgentEvents;
}

/** What is listed, and which events say that it moved. */
export interface Listing<T> {
  readonly isOurs: (topic: string) => boolean;
  readonly list: (agent: AgentClient, signal: AbortSignal) => Promise<T>;
}

/** How long after a look that failed the next one is. */
const pause = 3000;
/** Several events of one moment are one reason to look. */
const gathering = 150;

/** One look at a time, until the life ends; what happens meanwhile is a reason for one more. Gives what asks for a look. */
function lookWhileNew(
  look: () => Promise<void>,
  failed: (error: unknown) => void,
  clock: Clock,
  life: AbortSignal,
): () => void {
  let [wanted, looking] = [false, false];
  const run = async (): Promise<void> => {
    looking = true;
    while (wanted) {
      wanted = false;
      const isSeen = await look().then(
        () => true,
        (error: unknown) => failed(error),
      );
      wanted ||= isSeen !== true;
      await clock.wait(isSeen === true ? gathering : pause, life);
    }
    looking = false;
  };
  return () => {
    wanted = true;
    if (!looking) void run().catch(() => undefined);
  };
}

/** Something of the chosen cluster's agent that is listed once, and again whenever an event says that it moved. */
export class ListFeed<T extends object> {
  readonly state = new Observed<ListState<T>>({ kind: 'unasked' });
  readonly #parts: ListParts;
  readonly #listing: Listing<T>;
  #life: AbortController | undefined;

  constructor(parts: ListParts, listing: Listing<T>) {
    this.#parts = parts;
    this.#listing = listing;
  }

  follow(): void {
    if (this.#life !== undefined) return;
    const { signal: life } = (this.#life = new AbortController());
    const failed = (error: unknown): void => this.#tellFailure(error, life);
    const lookSoon = lookWhileNew(
      async () => {
        await this.#look(life);
      },
      failed,
      this.#parts.clock,
      life,
    );
    const leave = this.#parts.events.follow({
      began: lookSoon,
      happened: (topic) => {
        if (this.#listing.isOurs(topic)) lookSoon();
      },
      broken: failed,
    });
    life.addEventListener('abort', leave, { once: true });
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

  #tellFailure(failed: unknown, life: AbortSignal): void {
    if (life.aborted) return;
    const { value } = this.state;
    const error = foreseenFailure(failed);
    this.state.set(value.kind === 'known' ? { ...value, stale: error } : { kind: 'failed', error });
  }

  async #look(life: AbortSignal): Promise<void> {
    const listed = await this.#listing.list(await this.#parts.client(life), life);
    if (!life.aborted) this.state.set({ kind: 'known', ...listed });
  }
}
