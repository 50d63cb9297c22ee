type Listener<T> = (value: T) => void;

/** A value that others follow. Listeners hear every new value, in order; one that throws does not keep it from the others. */
export class Observed<T> {
  #value: T;
  readonly #listeners = new Set<Listener<T>>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    const failures: unknown[] = [];
    // Those of now: who comes while they are told has seen the value.
    const listeners = [...this.#listeners];
    for (const listener of listeners) {
      try {
        listener(value);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Called with every value from now on. Gives what ends that. */
  subscribe(listener: Listener<T>): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The first value, of now or later, that is such. Rejects with the signal's reason. */
  async until<S extends T>(is: (value: T) => value is S, signal: AbortSignal): Promise<S> {
    if (is(this.#value)) return this.#value;
    return await new Promise<S>((resolve, reject) => {
      const end = (): void => {
        stop();
        signal.removeEventListener('abort', abort);
      };
      const stop = this.subscribe((value) => {
        if (!is(value)) return;
        end();
        resolve(value);
      });
      const abort = (): void => {
        end();
        reject(signal.reason as Error);
      };
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    });
  }
}
