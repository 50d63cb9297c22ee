/** Something that is to be shown, with the state of its stirring at that time. */
export interface Taken {
  readonly subject: string;
  readonly version: number;
}

interface Waiting {
  version: number;
  /** In milliseconds: not before. */
  due: number;
  isTaken: boolean;
  failures: number;
}

/** In milliseconds: between two showings of one subject, and the longest after failures. */
const pause = 400;
const longestPause = 60_000;

/**
 * What is to be shown, the first stirred first. Each subject is worked on by one at a time, and not more often than a
 * few times a second, however much happens to it.
 */
export class StirredQueue {
  readonly #now: () => number;
  readonly #waiting = new Map<string, Waiting>();
  readonly #lately = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  stir(subject: string): void {
    const known = this.#waiting.get(subject);
    if (known === undefined) this.#waiting.set(subject, { version: 1, due: (this.#lately.get(subject) ?? -Infinity) + pause, isTaken: false, failures: 0 });
    else known.version += 1;
  }

  /** What is due, at most so many. */
  take(limit: number): readonly Taken[] {
    const now = this.#now();
    for (const [subject, at] of this.#lately) if (now - at > pause) this.#lately.delete(subject);
    const due = [...this.#waiting].filter(([, waiting]) => !waiting.isTaken && waiting.due <= now).slice(0, limit);
    for (const [, waiting] of due) waiting.isTaken = true;
    return due.map(([subject, { version }]) => ({ subject, version }));
  }

  /** When the next is due, in milliseconds; Infinity when nothing waits. */
  nextDue(): number {
    return Math.min(Infinity, ...[...this.#waiting.values()].filter(({ isTaken }) => !isTaken).map(({ due }) => due));
  }

  /** Whether it is settled: false when it was stirred again meanwhile, and will be taken again. */
  shown({ subject, version }: Taken): boolean {
    const waiting = this.#waiting.get(subject);
    this.#lately.set(subject, this.#now());
    if (waiting === undefined) return true;
    if (waiting.version === version) return this.#waiting.delete(subject);
    Object.assign(waiting, { isTaken: false, failures: 0, due: this.#now() + pause });
    return false;
  }

  failed({ subject }: Taken): void {
    const waiting = this.#waiting.get(subject);
    if (waiting === undefined) return;
    waiting.failures += 1;
    waiting.isTaken = false;
    waiting.due = this.#now() + Math.min(longestPause, 500 * 2 ** waiting.failures);
  }
}
