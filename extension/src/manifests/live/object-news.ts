import type { AgentClient } from '@autodevops/agentd/client';
import { Observed } from '../../observing/observed.ts';
import type { Clock } from '../../ports/clock.ts';

/** Of which kinds objects of the chosen cluster changed last; undefined: nobody knows, it may be any. */
export interface KindsChanged {
  readonly kinds: ReadonlySet<string> | undefined;
}

export interface ObjectNewsParts {
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  readonly clock: Clock;
}

/** Milliseconds after which a stream that broke is opened again. */
const pause = 3000;

/** What the agent tells of changes in the chosen cluster, while somebody wants to know. */
export class ObjectNews {
  readonly state = new Observed<KindsChanged>({ kinds: new Set() });
  readonly #parts: ObjectNewsParts;
  #life: AbortController | undefined;
  #hasListened = false;

  constructor(parts: ObjectNewsParts) {
    this.#parts = parts;
  }

  /** Listens from now on; does nothing where it does already. */
  follow(): void {
    if (this.#life !== undefined) return;
    const life = new AbortController();
    this.#life = life;
    void this.#run(life.signal).catch(() => undefined);
  }

  stop(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  /** Another cluster is spoken to: anything may be otherwise there. */
  forget(): void {
    this.stop();
    this.state.set({ kinds: undefined });
  }

  get followed(): boolean {
    return this.#life !== undefined;
  }

  async #run(life: AbortSignal): Promise<void> {
    const { client, clock } = this.#parts;
    while (!life.aborted) {
      try {
        const agent = await client(life);
        // While nobody listened anything may have changed.
        if (this.#hasListened) this.state.set({ kinds: undefined });
        this.#hasListened = true;
        for await (const { event } of agent.objectNews({}, { signal: life })) {
          if (life.aborted) return;
          this.state.set({ kinds: event.kinds === undefined ? undefined : new Set(event.kinds) });
        }
      } catch {
        // How the agent stands is told by what follows its findings.
        if (life.aborted) return;
      }
      await clock.wait(pause, life);
    }
  }
}
