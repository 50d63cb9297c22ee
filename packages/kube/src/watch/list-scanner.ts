import { ByteWindow } from './byte-window.ts';
import { Damaged } from './damaged.ts';
import { endOfText, objectText } from './json-bytes.ts';

const quote = 0x22;
const backslash = 0x5c;

/** What a list says beside its items. */
export interface ListEnvelope {
  readonly resourceVersion: string;
  readonly continueToken: string;
}

export const largestObject = 8 * 1024 * 1024;
const largestEnvelope = 1024 * 1024;

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Behind `"items": [` at the first level, or -1 while that has not come. */
function startOfItems(bytes: Buffer, from: number, to: number): number {
  let depth = 0;
  let i = from;
  while (i < to) {
    const byte = bytes[i];
    if (byte !== quote) {
      if (byte === 0x7b || byte === 0x5b) depth += 1;
      else if (byte === 0x7d || byte === 0x5d) depth -= 1;
      i += 1;
      continue;
    }
    const end = endOfText(bytes, i, to);
    if (end > to) return -1;
    const isItems = depth === 1 && end - i === 7 && bytes.toString('latin1', i, end) === '"items"';
    i = end;
    if (!isItems) continue;
    while (isSpace(bytes[i]) || bytes[i] === 0x3a) i += 1;
    if (i >= to) return -1;
    if (bytes[i] === 0x5b) return i + 1;
  }
  return -1;
}

/**
 * Takes a list apart while its bytes arrive, so that neither the whole answer nor all of its objects are ever in
 * memory. `push` and `end` throw `Damaged`.
 */
export class ListScanner {
  readonly #onItem: (text: string) => void;
  readonly #window = new ByteWindow();
  #head: string | undefined;
  #inItems = false;
  /** Of the scan within the items, from the window's start. */
  #at = 0;
  #depth = 0;
  #inText = false;

  constructor(onItem: (text: string) => void) {
    this.#onItem = onItem;
  }

  push(chunk: Buffer): void {
    this.#window.append(chunk);
    if (this.#head === undefined) this.#readHead();
    if (this.#inItems) this.#scanItems();
    const limit = this.#inItems ? largestObject : largestEnvelope;
    if (this.#window.length > limit) throw new Damaged(`sends a list with a part that is larger than ${limit / 1024 / 1024} MiB`);
  }

  end(): ListEnvelope {
    const { buffer, start, end } = this.#window;
    if (this.#inItems) throw new Damaged('ends in the middle of a list');
    const metadata = this.#metadata((this.#head ?? '') + buffer.toString('utf8', start, end));
    return { resourceVersion: asText(metadata['resourceVersion']), continueToken: asText(metadata['continue']) };
  }

  #metadata(text: string): Record<string, unknown> {
    try {
      const { metadata } = JSON.parse(text) as { metadata?: unknown };
      if (typeof metadata === 'object' && metadata !== null) return metadata as Record<string, unknown>;
    } catch {
      throw new Damaged('ends in the middle of a list, or sends JSON that is damaged');
    }
    throw new Damaged('answers, but not with a list');
  }

  #readHead(): void {
    const { buffer, start, end } = this.#window;
    const items = startOfItems(buffer, start, end);
    if (items < 0) return;
    this.#head = buffer.toString('utf8', start, items);
    this.#window.drop(items - start);
    this.#inItems = true;
  }

  #scanItems(): void {
    const { buffer, end } = this.#window;
    let from = this.#window.start;
    let i = from + this.#at;
    let depth = this.#depth;
    let inText = this.#inText;
    while (i < end) {
      const byte = buffer[i];
      if (inText) {
        if (byte === backslash) i += 1;
        else if (byte === quote) inText = false;
      } else if (byte === quote) inText = true;
      else if (byte === 0x7b || byte === 0x5b) {
        if (depth === 0) from = this.#startItem(byte, i, from);
        depth += 1;
      } else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth < 0) return this.#endItems(byte, i);
        if (depth === 0) {
          this.#onItem(objectText(buffer, from, i + 1));
          from = i + 1;
        }
      } else if (depth === 0 && byte !== 0x2c && !isSpace(byte)) throw new Damaged('sends a list of something else than objects');
      i += 1;
    }
    this.#at = i - from;
    this.#depth = depth;
    this.#inText = inText;
    this.#window.drop(from - this.#window.start);
  }

  #startItem(byte: number, at: number, from: number): number {
    if (byte !== 0x7b) throw new Damaged('sends a list of something else than objects');
    return Math.max(at, from);
  }

  #endItems(byte: number, at: number): void {
    if (byte !== 0x5d) throw new Damaged('sends JSON that is damaged');
    this.#inItems = false;
    // The closing bracket stays: it ends the empty list that the head opened.
    this.#window.drop(at - this.#window.start);
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
