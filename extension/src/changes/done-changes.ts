import type { AgentClient } from '@autodevops/agentd/client';
import type { Change } from '@autodevops/domain/change/change';
import type { ChangeLine, ChangesFeed } from './changes-feed.ts';

interface DoneParts {
  readonly client: (signal: AbortSignal) => Promise<AgentClient>;
  readonly changes: Pick<ChangesFeed, 'state'>;
}

/** As many as the view *Changes* shows. */
const listed = 100;

function idsOfDone(lines: readonly ChangeLine[]): readonly string[] {
  return lines.filter(({ state }) => state === 'succeeded').map(({ id }) => id);
}

/** Changes of the chosen cluster that were done and not undone, with what they changed. What is done does not change again: each is read once. */
export class DoneChanges {
  readonly #parts: DoneParts;
  readonly #held = new Map<string, Change>();

  constructor(parts: DoneParts) {
    this.#parts = parts;
  }

  /** Of those that are listed now, those that were read. */
  get known(): readonly Change[] {
    const { value } = this.#parts.changes.state;
    return value.kind === 'known' ? this.#of(idsOfDone(value.lines)) : [];
  }

  /** Reads those that were not read yet. Asks for the list where nobody follows it. */
  async load(signal: AbortSignal): Promise<readonly Change[]> {
    const { value } = this.#parts.changes.state;
    const client = await this.#parts.client(signal);
    const lines =
      value.kind === 'known' ? value.lines : (await client.changes({ query: { limit: listed } }, { signal })).changes;
    const ids = idsOfDone(lines);
    for (const id of this.#held.keys()) if (!ids.includes(id)) this.#held.delete(id);
    for (const id of ids) {
      if (!this.#held.has(id)) this.#held.set(id, await client.change({ params: { id } }, { signal }));
    }
    return this.#of(ids);
  }

  /** The same without asking for the list, and without failing: whoever only warns of what is known goes on without. */
  async loadListed(signal: AbortSignal): Promise<readonly Change[]> {
    if (this.#parts.changes.state.value.kind !== 'known') return [];
    return await this.load(signal).catch(() => this.known);
  }

  #of(ids: readonly string[]): readonly Change[] {
    return ids.flatMap((id) => this.#held.get(id) ?? []);
  }
}
