import { apiVersionOf, isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KnownObject, KnownObjects } from '../known-objects.ts';
import type { ClusterSource, LiveObject } from './cluster-source.ts';

/** Milliseconds: what exists changes slower than a person types. */
const fresh = 30_000;
/** So many lists are held; the oldest goes. */
const mostLists = 200;

interface Held {
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
  readonly #asked = new Map<string, Promise<void>>();

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

  /** Something was changed: what was held may be old. */
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
    const asked = this.#asked.get(key) ?? this.#list(key, one, signal).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    await asked;
  }

  async #list(key: string, { kind, namespace }: KindIn, signal: AbortSignal): Promise<void> {
    if (!isKindName(kind)) return;
    let objects: readonly KnownObject[] = [];
    let complete = true;
    try {
      objects = (await this.#source.list({ apiVersion: apiVersionOf(kind), kind, namespace }, signal)).map((value) => knownOf(kind, value));
    } catch {
      // Interrupted is not refused: it is asked again.
      if (signal.aborted) return;
      complete = false;
    }
    this.#held.delete(key);
    this.#held.set(key, { at: this.#now(), objects, complete });
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostLists && oldest !== undefined) this.#held.delete(oldest);
  }
}
