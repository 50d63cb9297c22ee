import type { AgentClient } from '@autodevops/agentd/client';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { Observed } from '../observing/observed.ts';
import type { Clock } from '../ports/clock.ts';
import type { Kept } from '../ports/kept.ts';
import { foreseenFailure } from '../problems/problems-feed.ts';

export type ChangeLine = Awaited<ReturnType<AgentClient['changes']>>['changes'][number];
export type KillSwitch = Awaited<ReturnType<AgentClient['killSwitch']>>;

export type ChangesState =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'known'; readonly lines: readonly ChangeLine[]; readonly killSwitch: KillSwitch; readonly mode: 'local' | 'cloud'; readonly autonomy: string | undefined; /** Why it is not current. */ readonly stale?: AutoDevOpsError }
  | { readonly kind: 'failed'; readonly error: AutoDevOpsError };

export interface ChangesParts {
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  readonly clock: Clock;
  readonly kept: Kept;
  /** Cursors of one agent mean nothing to another. */
  readonly agentKey: () => string;
}

const pause = 3000;
/** Several events of one moment are one reason to look. */
const gathering = 150;
const shown = 100;
const ours = /^(change|kill-switch|glass)\./;

function cursorFrom(kept: unknown): number {
  return typeof kept === 'number' && Number.isSafeInteger(kept) && kept >= 0 ? kept : 0;
}

/** Changes and the kill switch of the chosen cluster: listed once, and again whenever an event says that they moved. */
export class ChangesFeed {
  readonly state = new Observed<ChangesState>({ kind: 'unasked' });
  readonly #parts: ChangesParts;
  #life: AbortController | undefined;
  #looking = false;
  #again = false;

  constructor(parts: ChangesParts) {
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
        const name = `cursor:${agentKey()}`;
        // From where this window stood last: between the list and the stream nothing gets lost.
        for await (const { event } of agent.events({ query: { after: cursorFrom(kept.get(name)) } }, { signal: life })) {
          await kept.put(name, event.cursor);
          if (ours.test(event.topic)) this.#lookSoon(agent, life);
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

  /** One look at a time; what happens meanwhile is a reason for one more. */
  #lookSoon(agent: AgentClient, life: AbortSignal): void {
    this.#again = true;
    if (!this.#looking) void this.#lookWhileNew(agent, life).catch(() => undefined);
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
    const [{ changes }, killSwitch, { mode, autonomy }] = await Promise.all([agent.changes({ query: { limit: shown } }, { signal }), agent.killSwitch({}, { signal }), agent.cluster({}, { signal })]);
    if (!signal.aborted) this.state.set({ kind: 'known', lines: changes, killSwitch, mode, autonomy });
  }
}
