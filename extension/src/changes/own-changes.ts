import type { AgentClient } from '@autodevops/agentd/client';
import type { Change } from '@autodevops/domain/change/change';
import type { Kept } from '../ports/kept.ts';

const keptName = 'toldChanges';
const remembered = 200;

/**
 * Changes that the person of this window knows of: those that it asked for, and those that it told of. The event of a
 * change may be quicker than the answer to who asked for it: whether one is known is said when no answer is open.
 */
export class OwnChanges {
  readonly #kept: Kept;
  readonly #asking = new Set<Promise<unknown>>();

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  /** The same agent, whose every new change of this window is known from the moment on at which it is asked for. */
  noting(client: AgentClient): AgentClient {
    const noted = <Given extends readonly unknown[]>(ask: (...given: Given) => Promise<Change>) => async (...given: Given): Promise<Change> => await this.#note(ask(...given));
    return { ...client, propose: noted(client.propose), undo: noted(client.undo), proposePostMortem: noted(client.proposePostMortem) };
  }

  /** Of these, those that the person does not know of yet; from now on they are known. */
  async fresh(ids: readonly string[]): Promise<readonly string[]> {
    await Promise.allSettled(this.#asking);
    const known = this.#known();
    const unknown = ids.filter((id) => !known.includes(id));
    if (unknown.length > 0) await this.#remember(unknown);
    return unknown;
  }

  async #note(asked: Promise<Change>): Promise<Change> {
    const noted = asked.then(async (change) => {
      await this.#remember([change.id]);
      return change;
    });
    this.#asking.add(noted);
    try {
      return await noted;
    } finally {
      this.#asking.delete(noted);
    }
  }

  #known(): readonly string[] {
    const kept = this.#kept.get(keptName);
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string') : [];
  }

  async #remember(ids: readonly string[]): Promise<void> {
    await this.#kept.put(keptName, [...this.#known(), ...ids].slice(-remembered));
  }
}
