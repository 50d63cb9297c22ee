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

/** When something was shown last, and for how long it is not shown again. */
interface Shown {
  readonly at: number;
  readonly pause: number;
}

/**
 * In milliseconds: between two showings of one subject at first, and at last while it is stirred all the time, which is
 * not more often than Slack takes edits; and the longest after failures.
 */
const [firstPause, lastPause] = [400, 2000];
const longestPause = 60_000;
/** Who rested for so many of its pauses begins anew with the first. */
const rested = 3;

/**
 * What is to be shown, the first stirred first. Each subject is worked on by one at a time, and not more often than a
 * few times a second, less often the longer it goes on, however much happens to it.
 */
export class StirredQueue {
  readonly #now: () => number;
  readonly #waiting = new Map<string, Waiting>();
  readonly #lately = new Map<string, Shown>();

  constructor(now: () => number) {
    this.#now = now;
  }

  stir(subject: string): void {
    const known = this.#waiting.get(subject);
    if (known === undefined) {
      this.#waiting.set(subject, { version: 1, due: this.#mayBeShown(subject), isTaken: false, failures: 0 });
    } else known.version += 1;
  }

  #mayBeShown(subject: string): number {
    const { at, pause } = this.#lately.get(subject) ?? { at: -Infinity, pause: 0 };
    return at + pause;
  }

  /** What is due, at most so many. */
  take(limit: number): readonly Taken[] {
    const now = this.#now();
    for (const [subject, { at, pause }] of this.#lately) if (now - at > rested * pause) this.#lately.delete(subject);
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
    const before = this.#lately.get(subject);
    const isOften = before !== undefined && this.#now() - before.at <= rested * before.pause;
    this.#lately.set(subject, { at: this.#now(), pause: isOften ? Math.min(lastPause, before.pause * 2) : firstPause });
    if (waiting === undefined) return true;
    if (waiting.version === version) return this.#waiting.delete(subject);
    Object.assign(waiting, { isTaken: false, failures: 0, due: this.#mayBeShown(subject) });
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
