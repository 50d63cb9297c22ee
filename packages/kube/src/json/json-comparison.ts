import type { Fields, Shape } from '@autodevops/domain/kubernetes/shape';
import {
  afterSpace,
  backslash,
  closeList,
  closeObject,
  colon,
  comma,
  endOfValue,
  endsWord,
  openList,
  openObject,
  quote,
} from './json-bytes.ts';
import { firstDifference } from './first-difference.ts';
import { listOf, moved, objectLike, objectOf, replaced } from './grown-part.ts';
import type { Growing } from './grown-part.ts';
import { takeApart } from './json-part.ts';
import type { Inner, Part } from './json-part.ts';
import { parseJson } from './parse-json.ts';

/** What to hold instead of a new value, beside its counterpart: an equal one that is held already, or the value itself. */
export type Keep = (value: unknown, like: unknown) => unknown;

/** What is nested more deeply is read whole. */
const deepest = 64;
/** One for all: it is thrown often where bytes have not come yet, and where it was made says nothing. */
const damaged = new SyntaxError('damaged JSON');

const anyText: Shape<unknown> = { read: (text) => text };

/** Where something begins in the document before, and where in the new one; how deep it lies. */
interface Place {
  readonly a: number;
  readonly b: number;
  readonly depth: number;
}

/**
 * Reads one document beside the one before it: what is the same, byte for byte, is not read again and is the same value.
 * Positions named `a` are in the document before, those named `b` in the new one.
 */
export class JsonComparison {
  readonly #before: Buffer;
  readonly #now: Buffer;
  readonly #wordsBefore: DataView;
  readonly #wordsNow: DataView;
  readonly #keep: Keep;
  /** The bytes from here to there equal those that are so much further on in the new document. */
  #equalFrom = 0;
  #equalTo = 0;
  #shift = Number.NaN;
  /** Behind what was read last. */
  #at = 0;

  constructor(before: Buffer, now: Buffer, keep: Keep) {
    this.#before = before;
    this.#now = now;
    this.#keep = keep;
    this.#wordsBefore = new DataView(before.buffer, before.byteOffset, before.length);
    this.#wordsNow = new DataView(now.buffer, now.byteOffset, now.length);
  }

  /** `root`: what the document before is made of. Throws `SyntaxError`. */
  read(root: Part, shape: Shape<unknown>): Part {
    const read = this.#value(root, shape, { a: afterSpace(this.#before, 0), b: afterSpace(this.#now, 0), depth: 0 });
    if (afterSpace(this.#now, this.#at) < this.#now.length) throw damaged;
    return read;
  }

  /** As `read`, of a document that begins with the first byte; others may follow. */
  readBeginning(root: Part, shape: Shape<unknown>): Part {
    return this.#value(root, shape, { a: afterSpace(this.#before, 0), b: 0, depth: 0 });
  }

  /** The first position from `a` on whose byte is not that of its counterpart, when `a` is that of `b`. */
  #differsAt(a: number, b: number): number {
    const shift = b - a;
    if (shift === this.#shift && a >= this.#equalFrom && a <= this.#equalTo) return this.#equalTo;
    this.#equalFrom = a;
    this.#equalTo = firstDifference(this.#wordsBefore, this.#wordsNow, a, shift);
    this.#shift = shift;
    return this.#equalTo;
  }

  /** The value at `b`; at `a` is its counterpart. Without a shape it is not read. */
  #value(part: Part, shape: Shape<unknown> | undefined, place: Place): Part {
    const { a, b, depth } = place;
    const first = this.#now[b];
    const isNest = first === openObject || first === openList;
    if (this.#differsAt(a, b) >= a + part.length) {
      const end = b + part.length;
      // 12 and 123 begin alike.
      if (isNest || first === quote || endsWord(this.#now[end])) {
        this.#at = end;
        return part;
      }
    }
    const parts = shape?.parts;
    if (shape === undefined || parts === undefined || !isNest || first !== this.#before[a] || depth >= deepest) {
      return this.#fresh(b, shape, part.value);
    }
    const inner = takeApart(part, parts, this.#before, a);
    if (inner === undefined) return this.#fresh(b, shape, part.value);
    return 'item' in parts ? this.#list(part, inner, shape, place) : this.#object(part, inner, parts, place);
  }

  /** The value at `b` for itself. */
  #fresh(b: number, shape: Shape<unknown> | undefined, like: unknown): Part {
    if (shape !== undefined && this.#now[b] === quote) return this.#text(b, shape, like);
    const end = endOfValue(this.#now, b);
    if (end <= b) throw damaged;
    this.#at = end;
    const value = shape === undefined ? undefined : this.#keep(shape.read(parseJson(this.#now.subarray(b, end))), like);
    return { value, length: end - b, inner: undefined };
  }

  /** Texts of plain letters need no parsing. */
  #text(b: number, shape: Shape<unknown>, like: unknown): Part {
    const now = this.#now;
    let i = b + 1;
    let isPlain = true;
    for (let byte = now[i]; byte !== quote; byte = now[i]) {
      if (byte === undefined) throw damaged;
      isPlain &&= byte >= 0x20 && byte <= 0x7e && byte !== backslash;
      i += byte === backslash ? 2 : 1;
    }
    this.#at = i + 1;
    const text = isPlain ? now.toString('latin1', b + 1, i) : parseJson(now.subarray(b, i + 1));
    return { value: this.#keep(shape.read(text), like), length: i + 1 - b, inner: undefined };
  }

  #object(part: Part, inner: Inner, shape: Fields, place: Place): Part {
    const { starts, parts, count } = this.#alikeFields(inner, shape, place);
    if (count === inner.parts.length && this.#closes(closeObject)) {
      return objectLike(part, shape, { before: inner, starts, parts }, this.#at - place.b);
    }
    const growing: Growing = {
      keys: inner.keys.slice(0, count),
      starts: starts.slice(0, count),
      parts: parts.slice(0, count),
    };
    this.#otherFields(inner, shape, place, growing);
    return objectOf(part, shape, growing, this.#at - place.b);
  }

  /** Fields as long as they have the keys of their counterparts: so many of the starts and parts are right. */
  #alikeFields(
    inner: Inner,
    { fields }: Fields,
    { a, b, depth }: Place,
  ): { readonly starts: readonly number[]; readonly parts: readonly Part[]; readonly count: number } {
    const count = inner.keys.length;
    let [starts, parts] = [inner.starts, inner.parts];
    let from = a + 1;
    this.#at = b + 1;
    for (let i = 0; ; i += 1) {
      const shift = this.#at - from;
      const differs = this.#differsAt(from, this.#at);
      let start = a + (inner.starts[i] ?? 0);
      // Those that end before are the same.
      while (i < count && start + (inner.parts[i] as Part).length < differs) {
        from = start + (inner.parts[i] as Part).length;
        i += 1;
        start = a + (inner.starts[i] ?? 0);
      }
      this.#at = from + shift;
      // At the end, or where not even what stands before the value, its key too, is the same.
      if (i === count || differs < start) return { starts, parts, count: i };
      const counterpart = inner.parts[i] as Part;
      const found = afterSpace(this.#now, start + shift);
      parts = replaced(
        parts,
        inner.parts,
        i,
        this.#value(counterpart, fields.get(inner.keys[i] as string)?.shape, { a: start, b: found, depth: depth + 1 }),
      );
      from = start + counterpart.length;
      starts = moved(starts, inner.starts, i, { here: found - start - b + a, behind: this.#at - from - b + a });
    }
  }

  #otherFields({ keys, starts, parts }: Inner, { fields }: Fields, { a, b, depth }: Place, growing: Growing): void {
    const places = new Map(keys.map((key, at) => [key, at]));
    while (!this.#closes(closeObject)) {
      if (growing.keys.length > 0) this.#pass(comma);
      if (this.#now[this.#at] !== quote) throw damaged;
      const key = this.#text(this.#at, anyText, undefined).value as string;
      this.#at = afterSpace(this.#now, this.#at);
      this.#pass(colon);
      const at = places.get(key) ?? -1;
      const counterpart = parts[at];
      const shape = fields.get(key)?.shape;
      growing.keys.push(key);
      growing.starts.push(this.#at - b);
      growing.parts.push(
        counterpart === undefined
          ? this.#fresh(this.#at, shape, undefined)
          : this.#value(counterpart, shape, { a: a + (starts[at] ?? 0), b: this.#at, depth: depth + 1 }),
      );
    }
  }

  #list(part: Part, { starts, parts }: Inner, shape: Shape<unknown>, { a, b, depth }: Place): Part {
    const growing: Growing = { keys: [], starts: [], parts: [] };
    const item = shape.parts !== undefined && 'item' in shape.parts ? shape.parts.item : undefined;
    this.#at = b + 1;
    while (!this.#closes(closeList)) {
      const i = growing.parts.length;
      if (i > 0) this.#pass(comma);
      const counterpart = parts[i];
      growing.starts.push(this.#at - b);
      growing.parts.push(
        counterpart === undefined
          ? this.#fresh(this.#at, item, undefined)
          : this.#value(counterpart, item, { a: a + (starts[i] ?? 0), b: this.#at, depth: depth + 1 }),
      );
    }
    return listOf(part, shape, growing, this.#at - b);
  }

  /** Steps over space, and over the bracket if it comes then. */
  #closes(bracket: number): boolean {
    this.#at = afterSpace(this.#now, this.#at);
    if (this.#now[this.#at] !== bracket) return false;
    this.#at += 1;
    return true;
  }

  /** Steps over the byte that has to be here, and over space. */
  #pass(byte: number): void {
    if (this.#now[this.#at] !== byte) throw damaged;
    this.#at = afterSpace(this.#now, this.#at + 1);
  }
}
