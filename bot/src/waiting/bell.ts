import type { Clock } from './clock.ts';

/** Wakes up whoever waits, and whoever begins to wait next. */
export class Bell {
  #isRung = false;
  readonly #waiting = new Set<() => void>();

  ring(): void {
    if (this.#waiting.size === 0) this.#isRung = true;
    for (const wake of this.#waiting) wake();
  }

  /** Until it rings, or so many milliseconds have passed, or the signal aborts. */
  async heard(milliseconds: number, clock: Clock, outer: AbortSignal): Promise<void> {
    if (this.#isRung || outer.aborted) {
      this.#isRung = false;
      return;
    }
    const ending = new AbortController();
    const rung = new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      ending.signal.addEventListener('abort', wake, { once: true });
    });
    await Promise.race([rung, clock.wait(milliseconds, AbortSignal.any([outer, ending.signal]))]);
    ending.abort();
  }
}
