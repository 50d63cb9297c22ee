import { jittered } from './watch-timing.ts';
import type { WatchTiming } from './watch-timing.ts';

/** Longer waits that a server asks for are cut here. */
const longestAsked = 5 * 60_000;

/** Doubling waits with jitter, for one reflector. */
export class ReconnectDelay {
  readonly #timing: WatchTiming;
  #attempt = 0;

  constructor(timing: WatchTiming) {
    this.#timing = timing;
  }

  /** The wait after a failure; at least what the server asked for. */
  next(askedMs = 0): number {
    const wait = jittered(this.#longest());
    this.#attempt += 1;
    return Math.max(wait, Math.min(askedMs, longestAsked) * (1 + Math.random() / 10));
  }

  reset(): void {
    this.#attempt = 0;
  }

  /** Begins with short waits again when a connection lived long enough, compared with the last wait. True when it did. */
  lived(milliseconds: number): boolean {
    const enough = milliseconds >= Math.min(this.#timing.healthy, 10 * this.#longest());
    if (enough) this.reset();
    return enough;
  }

  #longest(): number {
    const [first, last] = this.#timing.backOff;
    return Math.min(last, first * 2 ** Math.min(this.#attempt, 20));
  }
}
