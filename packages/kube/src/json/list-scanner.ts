import { ByteWindow } from './byte-window.ts';
import { Damaged } from './damaged.ts';
import { backslash, closeList, closeObject, colon, comma, isSpace, openList, openObject, quote } from './json-bytes.ts';
import { ObjectScan } from './object-scan.ts';
import { plainJson } from './parse-json.ts';
import type { JsonParser } from './parse-json.ts';

/** What a list says beside its items. */
export interface ListEnvelope {
  readonly resourceVersion: string;
  readonly continueToken: string;
}

export const largestObject = 8 * 1024 * 1024;
const largestEnvelope = 1024 * 1024;

/** Behind the text that begins at `at`; more than `to` when it does not end. */
function endOfText(bytes: Buffer, at: number, to: number): number {
  let i = at + 1;
  while (i < to) {
    if (bytes[i] === quote) return i + 1;
    i += bytes[i] === backslash ? 2 : 1;
  }
  return to + 1;
}

/** Behind `"items": [` of the outermost object; undefined while that has not come. */
function startOfItems(bytes: Buffer, from: number, to: number): number | undefined {
  let depth = 0;
  for (let i = from; i < to;) {
    const byte = bytes[i];
    if (byte === quote) {
      const end = endOfText(bytes, i, to);
      const isItems = depth === 1 && end - i === 7 && bytes.toString('latin1', i, end) === '"items"';
      i = end;
      if (!isItems) continue;
      while (i < to && (isSpace(bytes[i]) || bytes[i] === colon)) i += 1;
      if (i < to && bytes[i] === openList) return i + 1;
      continue;
    }
    if (byte === openObject || byte === openList) depth += 1;
    else if (byte === closeObject || byte === closeList) depth -= 1;
    i += 1;
  }
  return undefined;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Undefined where there is none. Throws `SyntaxError`. */
function envelopeIn(text: string): ListEnvelope | undefined {
  const { metadata } = JSON.parse(text) as { metadata?: { resourceVersion?: unknown; continue?: unknown } };
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  return { resourceVersion: asText(metadata.resourceVersion), continueToken: asText(metadata.continue) };
}

/** Between two items, as the API server prints those of its own kinds. Never inside of a text, whose quotes are escaped. */
const separator = Buffer.from('},{"metadata":{');
/** Behind the last item, where the items are the last that a list says. */
const listEnd = Buffer.from('}]}');
/** An item that is not whole yet is at the second time, when it is no larger than the one before it. */
const mostTries = 2;
/** A list without a separator in so many bytes is printed otherwise. */
const longestSearch = 256 * 1024;

/**
 * Takes a list apart while its bytes arrive, so that neither the whole answer nor all of its objects are ever in
 * memory. Items are found by what separates them, which is fast, or else by their brackets. `push` and `end` throw
 * `Damaged`, or `SyntaxError`.
 */
export class ListScanner {
  readonly #onItem: (item: unknown) => void;
  readonly #parser: JsonParser;
  readonly #window = new ByteWindow();
  readonly #scan = new ObjectScan();
  /** What came before the items. */
  #head: string | undefined;
  #inItems = false;
  #separated = true;
  /** So much of the window has no separator. */
  #searched = 0;
  /** How often the next item was not whole, or not like the one before it. */
  #tries = 0;
  /** With so many bytes it should be. */
  #enough = 0;
  #lastLength = 0;
  /** The next item has to be found by its brackets. */
  #byBrackets = false;

  constructor(onItem: (item: unknown) => void, parser: JsonParser = plainJson) {
    this.#onItem = onItem;
    this.#parser = parser;
  }

  push(chunk: Buffer): void {
    const window = this.#window;
    window.append(chunk);
    if (this.#head === undefined) this.#readHead();
    while (this.#inItems && this.#readItem(false));
    const limit = this.#inItems ? largestObject : largestEnvelope;
    if (window.length > limit) {
      throw new Damaged(`sends a list with a part that is larger than ${limit / 1024 / 1024} MiB`);
    }
  }

  end(): ListEnvelope {
    while (this.#inItems && this.#readItem(true));
    if (this.#inItems) throw new Damaged('ends in the middle of a list');
    const { buffer, start, end } = this.#window;
    let envelope: ListEnvelope | undefined;
    try {
      envelope = envelopeIn((this.#head ?? '') + buffer.toString('utf8', start, end));
    } catch {
      throw new Damaged('ends in the middle of a list, or sends JSON that is damaged');
    }
    if (envelope === undefined) throw new Damaged('answers, but not with a list');
    return envelope;
  }

  /** What the list says before its items, as the API server does; undefined while that has not come. */
  beginning(): ListEnvelope | undefined {
    if (this.#head === undefined) return undefined;
    try {
      return envelopeIn(`${this.#head}]}`);
    } catch {
      return undefined;
    }
  }

  #readHead(): void {
    const { buffer, start, end } = this.#window;
    const items = startOfItems(buffer, start, end);
    if (items === undefined) return;
    this.#head = buffer.toString('utf8', start, items);
    this.#window.drop(items - start);
    this.#inItems = true;
  }

  /** False when more has to come first, or no item follows. */
  #readItem(nothingFollows: boolean): boolean {
    if (!this.#atItem()) return false;
    if (this.#parser.parseBeginning !== undefined && this.#tries < mostTries) {
      if (this.#takeBeginning()) return true;
      if (this.#tries < mostTries && !nothingFollows) return false;
    }
    if (this.#separated && !this.#byBrackets) {
      const length = this.#toSeparator() ?? this.#toLikelyEnd(nothingFollows);
      if (length !== undefined) return this.#takeSeparated(length);
      this.#separated = this.#window.length < longestSearch;
      if (this.#separated && !nothingFollows) return false;
    }
    return this.#takeByBrackets();
  }

  /** Steps over what stands between items. False where there is none. */
  #atItem(): boolean {
    const { buffer, end } = this.#window;
    let { start } = this.#window;
    while (start < end && (isSpace(buffer[start]) || buffer[start] === comma)) start += 1;
    this.#window.drop(start - this.#window.start);
    if (start >= end) return false;
    if (buffer[start] === openObject) return true;
    if (buffer[start] !== closeList) throw new Damaged('sends a list of something else than objects');
    // The bracket stays in the window: it ends the list that the head opened.
    this.#inItems = false;
    return false;
  }

  /** Takes an item whose end the parser sees for itself. */
  #takeBeginning(): boolean {
    const { buffer, start, end, length } = this.#window;
    if (length < this.#enough) return false;
    const item = this.#parser.parseBeginning?.(buffer.subarray(start, end));
    if (item !== undefined) this.#deliver(item.value, item.length);
    else {
      this.#tries += 1;
      this.#enough = length + this.#lastLength;
    }
    return item !== undefined;
  }

  #toSeparator(): number | undefined {
    const { buffer, start, end } = this.#window;
    const at = buffer.subarray(start + this.#searched, end).indexOf(separator);
    if (at >= 0) return this.#searched + at + 1;
    this.#searched = Math.max(0, end - start - separator.length);
    return undefined;
  }

  /** Where no separator follows: the item's end if the list ends behind it, or if its bytes are the last that came. */
  #toLikelyEnd(nothingFollows: boolean): number | undefined {
    const { buffer, start, end } = this.#window;
    const bytes = buffer.subarray(start, end);
    const atEnd = bytes.lastIndexOf(listEnd);
    if (atEnd >= 0 && (nothingFollows || atEnd === bytes.length - listEnd.length)) return atEnd + 1;
    return bytes.at(-1) === closeObject ? bytes.length : undefined;
  }

  #takeSeparated(length: number): boolean {
    const { buffer, start } = this.#window;
    const item = this.#whole(buffer.subarray(start, start + length));
    if (item === undefined) this.#byBrackets = true;
    else this.#deliver(item, length);
    return true;
  }

  /** Undefined when these bytes are no whole object: the separator was one within an item. */
  #whole(bytes: Buffer): unknown {
    try {
      return this.#parser.parse(bytes);
    } catch {
      return undefined;
    }
  }

  #takeByBrackets(): boolean {
    const { buffer, start, end } = this.#window;
    const length = this.#scan.run(buffer, start, end);
    if (length === undefined) return false;
    this.#deliver(this.#parser.parse(buffer.subarray(start, start + length)), length);
    return true;
  }

  #deliver(item: unknown, length: number): void {
    this.#searched = 0;
    this.#tries = 0;
    this.#enough = 0;
    this.#lastLength = length;
    this.#byBrackets = false;
    this.#window.drop(length);
    if (length > largestObject) throw new Damaged('sends an object that is larger than 8 MiB');
    this.#onItem(item);
  }
}
