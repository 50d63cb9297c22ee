import type { AgentClient } from '@autodevops/agentd/client';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { Observed } from '../observing/observed.ts';
import type { Clock } from '../ports/clock.ts';
import type { Kept } from '../ports/kept.ts';
import { foreseenFailure } from '../problems/problems-feed.ts';

export type IncidentLine = Awaited<ReturnType<AgentClient['incidents']>>['incidents'][number];

export type IncidentsState =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'known'; readonly lines: readonly IncidentLine[]; /** Why it is not current. */ readonly stale?: AutoDevOpsError }
  | { readonly kind: 'failed'; readonly error: AutoDevOpsError };

export interface IncidentsParts {
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  readonly clock: Clock;
  readonly kept: Kept;
  /** Cursors of one agent mean nothing to another. */
  readonly agentKey: () => string;
}

const pause = 3000;
/** Several events of one moment are one reason to look. */
const gathering = 150;
const shown = 50;

function cursorFrom(kept: unknown): number {
  return typeof kept === 'number' && Number.isSafeInteger(kept) && kept >= 0 ? kept : 0;
}

/** Incidents of the chosen cluster: listed once, and again whenever an event says that one moved. */
export class IncidentsFeed {
  readonly state = new Observed<IncidentsState>({ kind: 'unasked' });
  readonly #parts: IncidentsParts;
  #life: AbortController | undefined;
  #looksSoon = false;

  constructor(parts: IncidentsParts) {
    this.#parts = parts;
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
        const name = `incidents-cursor:${agentKey()}`;
        // From where this window stood last: between the list and the stream nothing gets lost.
        for await (const { event } of agent.events({ query: { after: cursorFrom(kept.get(name)) } }, { signal: life })) {
          await kept.put(name, event.cursor);
          if (event.topic.startsWith('incident.')) this.#lookSoon(agent, life);
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
    this.state.set(value.kind === 'known' ? { ...value, stale: error } : { kind: 'failed', error });
  }

  /** What happens while a look is waited for is seen by it. */
  #lookSoon(agent: AgentClient, life: AbortSignal): void {
    if (this.#looksSoon) return;
    this.#looksSoon = true;
    void this.#gatherAndLook(agent, life).catch((error: unknown) => { if (!life.aborted) this.#tellFailure(foreseenFailure(error)); });
  }

  async #gatherAndLook(agent: AgentClient, life: AbortSignal): Promise<void> {
    await this.#parts.clock.wait(gathering, life).finally(() => { this.#looksSoon = false; });
    await this.#look(agent, life);
  }

  async #look(agent: AgentClient, signal: AbortSignal): Promise<void> {
    const { incidents } = await agent.incidents({ query: { limit: shown } }, { signal });
    if (!signal.aborted) this.state.set({ kind: 'known', lines: incidents });
  }
}
