import type { Kept } from '../ports/kept.ts';

const keptName = 'toldChanges';
const remembered = 200;

/** Changes that a person was told of in this workspace: nobody is told twice, also not in its next session. */
export class ToldChanges {
  readonly #kept: Kept;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  /** Of these, those that were not told of yet; from now on they are. */
  async fresh(ids: readonly string[]): Promise<readonly string[]> {
    const told = this.#told();
    const fresh = ids.filter((id) => !told.includes(id));
    if (fresh.length > 0) await this.#kept.put(keptName, [...told, ...fresh].slice(-remembered));
    return fresh;
  }

  #told(): readonly string[] {
    const kept = this.#kept.get(keptName);
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string') : [];
  }
}
