/** This much more is held before the oldest go: to look for them has its price. */
const slack = 1.1;

/** Objects by `entryKey`. */
export type Entries = Map<string, object>;

/** The uid, which an object holds anyway; where there is none, `namespace/name`. Of the raw object or of the kept one. */
export function entryKey(object: object): string {
  const { metadata } = object as { readonly metadata?: Readonly<Record<string, unknown>> };
  const uid = metadata?.['uid'];
  return typeof uid === 'string' && uid !== ''
    ? uid
    : `${String(metadata?.['namespace'] ?? '')}/${String(metadata?.['name'] ?? '')}`;
}

function lastSeen(event: object): number {
  const { last } = event as { last?: unknown };
  const time = typeof last === 'string' ? Date.parse(last) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}

/** Leaves the newest. Returns how many had to go. */
function dropOldest(entries: Entries, most: number): number {
  const before = entries.size;
  if (before <= most) return 0;
  const times = Float64Array.from(entries.values(), lastSeen).toSorted();
  const oldestKept = times[times.length - most] ?? 0;
  for (const [key, event] of entries) if (lastSeen(event) < oldestKept) entries.delete(key);
  // Those of the same second: some of them go.
  for (const [key, event] of entries) {
    if (entries.size <= most) break;
    if (lastSeen(event) === oldestKept) entries.delete(key);
  }
  return before - entries.size;
}

function differ(before: Entries, after: Entries): boolean {
  if (before.size !== after.size) return true;
  for (const [key, object] of after) if (before.get(key) !== object) return true;
  return false;
}

/** What is known of one list. `most`: only so many of the newest are kept, by their `last`. */
export class KindStore {
  readonly #most: number;
  #entries: Entries = new Map();
  #list: readonly object[] | undefined;
  #dropped = 0;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** How many there were beside those that are kept, as far as that is known. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The same array until something changes. */
  list(): readonly object[] {
    if (this.#list === undefined) {
      this.#dropped += dropOldest(this.#entries, this.#most);
      this.#list = [...this.#entries.values()];
    }
    return this.#list;
  }

  /** All that are held, those included that are dropped when they are next listed. */
  held(): Iterable<object> {
    return this.#entries.values();
  }

  /** How many are held, those included that are dropped when they are next listed. */
  get size(): number {
    return this.#entries.size;
  }

  /** The object that is held for this kept or raw one. */
  get(object: object): object | undefined {
    return this.#entries.get(entryKey(object));
  }

  put(object: object): void {
    this.#entries.set(entryKey(object), object);
    this.#list = undefined;
    if (this.#entries.size > this.#most * slack) this.#dropped += dropOldest(this.#entries, this.#most);
  }

  /** Of the kept object or of the raw one. */
  delete(object: object): void {
    if (this.#entries.delete(entryKey(object))) this.#list = undefined;
    else if (this.#dropped > 0) this.#dropped -= 1;
  }

  /** For a list that is being read. */
  stage(entries: Entries, object: object): void {
    entries.set(entryKey(object), object);
    if (entries.size > this.#most * slack) dropOldest(entries, this.#most);
  }

  /** Takes over a list of `seen` objects: what is not in it is gone. True when that changed anything. */
  replace(entries: Entries, seen = entries.size): boolean {
    const before = this.#entries;
    const changed = differ(before, entries);
    this.#entries = entries;
    this.#dropped = seen - entries.size;
    if (changed) this.#list = undefined;
    return changed;
  }
}
