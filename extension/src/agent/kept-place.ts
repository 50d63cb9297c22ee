import type { Clock } from '../ports/clock.ts';
import type { Kept } from '../ports/kept.ts';

/** How long a place waits for the next one before it is written down, in milliseconds. */
const settling = 1000;

function cursorFrom(kept: unknown): number {
  return typeof kept === 'number' && Number.isSafeInteger(kept) && kept >= 0 ? kept : 0;
}

/** How far one stream was read, kept for the window that comes next. Thousands of events are not thousands of writes. */
export class KeptPlace {
  readonly #parts: { readonly kept: Kept; readonly clock: Clock };
  readonly #name: string;
  readonly #life: AbortSignal;
  #cursor: number;
  #writing = false;

  constructor(parts: { readonly kept: Kept; readonly clock: Clock }, name: string, life: AbortSignal) {
    this.#parts = parts;
    this.#name = name;
    this.#life = life;
    this.#cursor = cursorFrom(parts.kept.get(name));
  }

  get cursor(): number {
    return this.#cursor;
  }

  moveTo(cursor: number): void {
    this.#cursor = cursor;
    // Where it cannot be written, the next window reads from an older place.
    if (!this.#writing) void this.#write().catch(() => undefined);
  }

  async #write(): Promise<void> {
    this.#writing = true;
    const { clock, kept } = this.#parts;
    // A window that ends writes at once.
    await clock.wait(settling, this.#life).catch(() => undefined);
    this.#writing = false;
    await kept.put(this.#name, this.#cursor);
  }
}
