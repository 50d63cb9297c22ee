const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openObject = 0x7b;
const closeObject = 0x7d;
const openList = 0x5b;
const closeList = 0x5d;
const skippedKey = Buffer.from('"fieldsV1":');

/** True when the brace at `at` opens what `managedFields` say about each field. */
function opensSkipped(bytes: Buffer, at: number): boolean {
  const from = at - skippedKey.length;
  // The quick look first: this is asked for every brace.
  if (bytes[at - 1] !== colon || bytes[at - 3] !== 0x31 || bytes[at - 4] !== 0x56 || from < 0) return false;
  // Behind a backslash it is the end of another key.
  return bytes[from - 1] !== backslash && skippedKey.compare(bytes, from, at) === 0;
}

/**
 * Finds where one JSON object ends, while its bytes arrive. What `managedFields` say about each field (half of an
 * object's bytes, which nobody reads) is left out of its text.
 */
export class ObjectScan {
  /** Bytes that were looked at; may be one more than there are, behind a backslash. */
  #at = 0;
  #depth = 0;
  #inText = false;
  #skipDepth = 0;
  /** Begin and end of each part to leave out. */
  readonly #cuts: number[] = [];

  /**
   * Looks at the object that begins at `start`, as far as it is there, `end`. Returns its length; undefined while it is
   * not whole: then it goes on where it ended, with the same object at whatever place.
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
      else if (byte === openObject || byte === openList) {
        depth += 1;
        if (byte === openObject && this.#skipDepth === 0 && opensSkipped(bytes, i - 1)) {
          this.#skipDepth = depth;
          this.#cuts.push(i - start);
        }
      } else if (byte === closeObject || byte === closeList) {
        if (depth === this.#skipDepth) this.#endSkip(i - 1 - start);
        depth -= 1;
        if (depth === 0) return i - start;
      }
    }
    this.#at = i - start;
    this.#depth = depth;
    this.#inText = inText;
    return undefined;
  }

  /** The text of the object that `run` found whole; the next one may be looked for after it. The bytes are changed. */
  take(bytes: Buffer, start: number, length: number): string {
    let end = start + length;
    if (this.#cuts.length > 0) end = this.#closeGaps(bytes, start, end);
    this.#at = this.#depth = this.#skipDepth = this.#cuts.length = 0;
    this.#inText = false;
    return bytes.toString('utf8', start, end);
  }

  #endSkip(at: number): void {
    this.#skipDepth = 0;
    this.#cuts.push(at);
  }

  #closeGaps(bytes: Buffer, start: number, end: number): number {
    let kept = start + (this.#cuts[0] ?? 0);
    for (let cut = 1; cut < this.#cuts.length; cut += 2) {
      const from = start + (this.#cuts[cut] ?? 0);
      const next = this.#cuts[cut + 1];
      const to = next === undefined ? end : start + next;
      bytes.copyWithin(kept, from, to);
      kept += to - from;
    }
    return kept;
  }
}
