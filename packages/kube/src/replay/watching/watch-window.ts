import type { ChangeType, RawObject } from '../recording.ts';

/** One change of one object. `before` is what a watcher with a selector may have seen. */
export interface StoredChange {
  readonly version: number;
  readonly type: ChangeType;
  readonly object: RawObject;
  readonly before: RawObject | undefined;
  /** `group/plural` of its resource. */
  readonly resource: string;
}

/** The latest changes, oldest first; older ones are forgotten, as the API server does. */
export class WatchWindow {
  readonly #size: number;
  #changes: StoredChange[] = [];
  #oldest: number;

  /** `start` is the version from which changes are held, `size` how many are held at most. */
  constructor(start: number, size: number) {
    this.#oldest = start;
    this.#size = size;
  }

  /** A watch that starts before this version has missed changes. */
  get oldest(): number {
    return this.#oldest;
  }

  push(change: StoredChange): void {
    this.#changes.push(change);
    while (this.#changes.length > this.#size) this.#oldest = this.#changes.shift()?.version ?? this.#oldest;
  }

  /** The changes after that version; undefined when some of them are forgotten. */
  since(version: number): readonly StoredChange[] | undefined {
    return version < this.#oldest ? undefined : this.#changes.filter((change) => change.version > version);
  }
}
