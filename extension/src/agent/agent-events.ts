import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Clock } from '../ports/clock.ts';
import type { Kept } from '../ports/kept.ts';
import { KeptPlace } from './kept-place.ts';

export interface EventParts {
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  readonly clock: Clock;
  readonly kept: Kept;
  /** Cursors of one agent mean nothing to another. */
  readonly agentKey: () => string;
}

/** Whoever wants to know that something happened at the agent. */
export interface EventFollower {
  /** The stream is open, or open again: what stands now has to be looked at. */
  readonly began: () => void;
  readonly happened: (topic: string) => void;
  /** Nothing is heard of the agent; it is tried again. */
  readonly broken: (error: unknown) => void;
}

const pause = 3000;

/** The events of the chosen cluster's agent: one stream for all that follow them in this window. */
export class AgentEvents {
  readonly #parts: EventParts;
  readonly #followers = new Set<EventFollower>();
  #life: AbortController | undefined;
  #open = false;

  constructor(parts: EventParts) {
    this.#parts = parts;
  }

  /** Tells what happens from now on. Gives what ends that; with the last one who leaves the stream ends. */
  follow(follower: EventFollower): () => void {
    this.#followers.add(follower);
    if (this.#life === undefined) this.#begin();
    else if (this.#open) follower.began();
    return () => this.#leave(follower);
  }

  #leave(follower: EventFollower): void {
    if (!this.#followers.delete(follower) || this.#followers.size > 0) return;
    this.#life?.abort();
    this.#life = undefined;
    this.#open = false;
  }

  #begin(): void {
    const life = new AbortController();
    this.#life = life;
    void this.#run(life.signal).catch(() => undefined);
  }

  #tell(what: (follower: EventFollower) => void): void {
    // Those of now: who comes while they are told is told by `follow`.
    const followers = [...this.#followers];
    for (const follower of followers) what(follower);
  }

  async #run(life: AbortSignal): Promise<void> {
    const { client, clock } = this.#parts;
    while (!life.aborted) {
      try {
        await this.#read(await client(life), life);
      } catch (error) {
        if (life.aborted) return;
        this.#open = false;
        this.#tell(({ broken }) => broken(error));
      }
      await clock.wait(pause, life);
    }
  }

  /** From where this window stood last: between a look and the stream nothing gets lost. */
  async #read(agent: AgentClient, life: AbortSignal): Promise<void> {
    const place = new KeptPlace(this.#parts, `cursor:${this.#parts.agentKey()}`, life);
    try {
      this.#open = true;
      this.#tell(({ began }) => began());
      for await (const { event } of agent.events({ query: { after: place.cursor } }, { signal: life })) {
        place.moveTo(event.cursor);
        this.#tell(({ happened }) => happened(event.topic));
      }
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'object.not-found') throw error;
      // The agent keeps no events from there on: the next time it is read from the first one that it has.
      place.moveTo(0);
    }
  }
}
