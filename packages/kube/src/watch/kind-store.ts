import type { KindName } from '@autodevops/domain/kubernetes/kinds';

const mostEvents = 50_000;
/** So many more are held before the oldest go: to look for them has its price. */
const slack = 5_000;

/** Objects by `namespace/name`. */
export type Entries = Map<string, object>;

export function entryKey(metadata: Readonly<Record<string, unknown>>): string {
  return `${String(metadata['namespace'] ?? '')}/${String(metadata['name'] ?? '')}`;
}

function lastSeen(event: object): number {
  const { last } = event as { last?: unknown };
  const time = typeof last === 'string' ? Date.parse(last) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}

function versionOf(object: object): unknown {
  return (object as { metadata?: { resourceVersion?: unknown } }).metadata?.resourceVersion;
}

/** Leaves the newest events. True when others had to go. */
function dropOldest(entries: Entries, most: number): boolean {
  if (entries.size <= most) return false;
  const times = Float64Array.from(entries.values(), lastSeen).toSorted();
  const oldestKept = times[times.length - most] ?? 0;
  for (const [key, event] of entries) if (lastSeen(event) < oldestKept) entries.delete(key);
  // Those of the same second: some of them go.
  for (const [key, event] of entries) {
    if (entries.size <= most) break;
    if (lastSeen(event) === oldestKept) entries.delete(key);
  }
  return true;
}

/** What is known of one kind, in one namespace or everywhere. */
export class KindStore {
  readonly #bounded: boolean;
  #entries: Entries = new Map();
  #list: readonly object[] | undefined;
  #cut = false;

  constructor(kind: KindName) {
    this.#bounded = kind === 'Event';
  }

  /** True when there were more objects than are held. */
  get cut(): boolean {
    return this.#cut;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The same array until something changes. */
  list(): readonly object[] {
    if (this.#list === undefined) {
      if (this.#bounded && dropOldest(this.#entries, mostEvents)) this.#cut = true;
      this.#list = [...this.#entries.values()];
    }
    return this.#list;
  }

  put(key: string, object: object): void {
    this.#entries.set(key, object);
    this.#list = undefined;
    if (this.#bounded && this.#entries.size > mostEvents + slack && dropOldest(this.#entries, mostEvents)) this.#cut = true;
  }

  delete(key: string): void {
    if (this.#entries.delete(key)) this.#list = undefined;
  }

  /** For a list that is being read. What has not changed is the object that is held already. */
  stage(entries: Entries, key: string, object: object): void {
    const held = this.#entries.get(key);
    const same = held !== undefined && versionOf(held) !== undefined && versionOf(held) !== '' && versionOf(held) === versionOf(object);
    entries.set(key, same ? held : object);
    if (this.#bounded && entries.size > mostEvents + slack) dropOldest(entries, mostEvents);
  }

  /** Takes over a list: what is not in it is gone. True when that changed anything. */
  replace(entries: Entries): boolean {
    const before = this.#entries;
    const changed = before.size !== entries.size || [...entries].some(([key, object]) => before.get(key) !== object);
    this.#entries = entries;
    this.#cut = this.#bounded && entries.size >= mostEvents;
    if (changed) this.#list = undefined;
    return changed;
  }

  clear(): boolean {
    return this.replace(new Map());
  }
}
