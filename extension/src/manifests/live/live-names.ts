import { apiVersionOf, isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KnownObject, KnownObjects } from '../known-objects.ts';
import type { ClusterSource, LiveObject } from './cluster-source.ts';

/** Milliseconds for which a list is taken to be as the cluster is, where nobody tells that it is not. */
const fresh = 30_000;
/** So many lists are held; the oldest goes. */
const mostLists = 200;

interface Held {
  readonly kind: string;
  /** Which list it is, of all that were asked for. */
  readonly turn: number;
  readonly at: number;
  readonly objects: readonly KnownObject[];
  readonly complete: boolean;
}

function knownOf(kind: string, value: LiveObject): KnownObject {
  return { kind, namespace: value.metadata.namespace ?? '', name: value.metadata.name, value };
}

export interface KindIn {
  readonly kind: string;
  readonly namespace: string;
}

/** What exists in the cluster by kind and namespace: asked for when needed, held for a while. */
export class LiveNames implements KnownObjects {
  readonly #source: ClusterSource;
  readonly #now: () => number;
  readonly #held = new Map<string, Held>();
  readonly #asked = new Map<string, { readonly kind: string; readonly answer: Promise<void> }>();
  #turns = 0;

  constructor(source: ClusterSource, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  list(kind: string, namespace: string): readonly KnownObject[] {
    return this.#held.get(this.#keyOf({ kind, namespace }))?.objects ?? [];
  }

  complete(kind: string, namespace: string): boolean {
    return this.#held.get(this.#keyOf({ kind, namespace }))?.complete === true;
  }

  /** Lists what is not known, or is known for too long. What cannot be listed counts as not known. */
  async load(wanted: readonly KindIn[], signal: AbortSignal): Promise<void> {
    await Promise.all(wanted.filter(({ kind }) => isKindName(kind)).map(async (one) => await this.#ask(one, signal)));
  }

  /**
   * Something of these kinds changed, or of any: what is held of them is shown until it was asked for again. True where
   * there is such.
   */
  outdate(kinds: ReadonlySet<string> | undefined): boolean {
    const isOld = ({ kind }: { readonly kind: string }): boolean => kinds === undefined || kinds.has(kind);
    const [held, asked] = [
      [...this.#held].filter(([, one]) => isOld(one)),
      [...this.#asked].filter(([, one]) => isOld(one)),
    ];
    for (const [key, one] of held) this.#held.set(key, { ...one, at: Number.NEGATIVE_INFINITY });
    // What is on its way may have been read before the change.
    for (const [key] of asked) this.#asked.delete(key);
    return held.length + asked.length > 0;
  }

  /** Another cluster is spoken to: nothing of what is held is of it. */
  forget(): void {
    this.#held.clear();
  }

  #keyOf({ kind, namespace }: KindIn): string {
    return `${this.#source.key()}\n${kind}\n${namespace}`;
  }

  async #ask(one: KindIn, signal: AbortSignal): Promise<void> {
    const key = this.#keyOf(one);
    const held = this.#held.get(key);
    if (held !== undefined && this.#now() - held.at < fresh) return;
    const asked = this.#asked.get(key) ?? { kind: one.kind, answer: this.#list(key, one, signal) };
    this.#asked.set(key, asked);
    await asked.answer.finally(() => {
      if (this.#asked.get(key) === asked) this.#asked.delete(key);
    });
  }

  async #list(key: string, { kind, namespace }: KindIn, signal: AbortSignal): Promise<void> {
    if (!isKindName(kind)) return;
    const turn = (this.#turns += 1);
    let objects: readonly KnownObject[] = [];
    let complete = true;
    try {
      objects = (await this.#source.list({ apiVersion: apiVersionOf(kind), kind, namespace }, signal)).map((value) =>
        knownOf(kind, value),
      );
    } catch {
      // Interrupted is not refused: it is asked again.
      if (signal.aborted) return;
      complete = false;
    }
    // A list that was asked for later has come before it.
    if ((this.#held.get(key)?.turn ?? 0) > turn) return;
    this.#held.delete(key);
    this.#held.set(key, { kind, turn, at: this.#now(), objects, complete });
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostLists && oldest !== undefined) this.#held.delete(oldest);
  }
}
