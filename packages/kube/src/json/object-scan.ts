import { backslash, closeList, closeObject, openList, openObject, quote } from './json-bytes.ts';

/** Finds where one JSON object ends, while its bytes arrive. */
export class ObjectScan {
  /** Bytes that were looked at; may be one more than there are, behind a backslash. */
  #at = 0;
  #depth = 0;
  #inText = false;

  /**
   * Looks at the object that begins at `start`, as far as it is there. Returns its length, and is ready for the next;
   * undefined while it is not whole: then it goes on where it ended, wherever the object is by then.
   */
  run(bytes: Buffer, start: number, end: number): number | undefined {
    let i = start + this.#at;
    let depth = this.#depth;
    let inText = this.#inText;
    while (i < end) {
      if (inText) {
        while (i < end) {
          const byte = bytes[i];
          if (byte === quote) break;
          i += byte === backslash ? 2 : 1;
        }
        if (i >= end) break;
        inText = false;
        i += 1;
        continue;
      }
      const byte = bytes[i];
      i += 1;
      if (byte === quote) inText = true;
      else if (byte === openObject || byte === openList) depth += 1;
      else if (byte === closeObject || byte === closeList) {
        depth -= 1;
        if (depth === 0) {
          this.#at = this.#depth = 0;
          this.#inText = false;
          return i - start;
        }
      }
    }
    this.#at = i - start;
    this.#depth = depth;
    this.#inText = inText;
    return undefined;
  }
}
