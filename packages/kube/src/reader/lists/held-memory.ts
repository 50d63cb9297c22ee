import { weightBeside, weightOfAll } from './held-weight.ts';

/** Thrown when another object is more than may be held. */
export class TooMuchHeld extends Error {
  /** In bytes: what may be held. */
  readonly most: number;

  constructor(most: number) {
    super(`more than ${most} bytes`);
    this.most = most;
  }
}

/** So little is never too much, and not even looked at. */
const little = 32 * 1024 ** 2;
/** Of the heap that this process may have. The rest is for what is parsed, found and said, and for what is thrown away. */
const share = 1 / 3;
/** Having weighed everything, so much of it has to be free: it is a long work that must not come again at once. */
const fullAt = 0.8;
/** Once it is full, it is looked at again when something was let go, or after this time. */
const fullForMs = 10_000;

function shareOfHeap(): number {
  // Loaded by nobody whose cluster is small.
  return Math.max(little, process.getBuiltinModule('node:v8').getHeapStatistics().heap_size_limit * share);
}

/**
 * What the objects of a snapshot, or of a watch cache, weigh together. Bounds of single lists bound their number and what
 * comes over the wire; this bounds what stays, however much a server sends: a process that runs out of memory answers
 * nothing.
 */
export class HeldMemory {
  #most: number | undefined;
  readonly #beforeWeighing: () => void;
  readonly #lists = new Set<() => Iterable<object>>();
  /** Never less than what is held: what was let go is counted until everything is weighed anew. */
  #weight = 0;
  #fullSince = Number.NEGATIVE_INFINITY;

  /** `most`: absent, a third of the heap. `beforeWeighing` lets go what is only held in case it helps. */
  constructor(most: number | undefined, beforeWeighing: () => void = () => {}) {
    this.#most = most;
    this.#beforeWeighing = beforeWeighing;
  }

  /** Objects that are held, until what it returns is called. */
  hold(objects: () => Iterable<object>): () => void {
    this.#lists.add(objects);
    return () => {
      if (this.#lists.delete(objects)) this.#fullSince = Number.NEGATIVE_INFINITY;
    };
  }

  /** Another one is to be held, which shares what it can with a similar one. Throws `TooMuchHeld`. */
  add(object: object, similar: object | undefined): void {
    const own = weightBeside(object, similar);
    this.#weight += own;
    if (this.#weight <= (this.#most ?? little)) return;
    const most = (this.#most ??= shareOfHeap());
    if (this.#weight > most && !this.#hasRoom(own, most)) throw new TooMuchHeld(most);
  }

  #hasRoom(forThis: number, most: number): boolean {
    const now = performance.now();
    if (now - this.#fullSince < fullForMs) return false;
    this.#beforeWeighing();
    const lists = [...this.#lists].map((objects) => objects());
    this.#weight = forThis + weightOfAll(lists, most * fullAt);
    if (this.#weight <= most * fullAt) return true;
    this.#fullSince = now;
    return false;
  }
}
