import type { Shape } from '@autodevops/domain/kubernetes/shape';
import { isRecord } from '@autodevops/domain/raw-record';
import { Damaged } from './damaged.ts';
import { afterSpace, openObject } from './json-bytes.ts';
import { JsonComparison } from './json-comparison.ts';
import type { Keep } from './json-comparison.ts';
import { takeApart } from './json-part.ts';
import type { Part } from './json-part.ts';
import { parseJson } from './parse-json.ts';
import type { JsonParser, ParsedBeginning } from './parse-json.ts';

/** Larger documents are read for themselves: what is remembered must not weigh. */
const mostRemembered = 64 * 1024;

export interface RecurringOptions {
  readonly shape: Shape<unknown>;
  readonly keep: Keep;
  /** Here every document has an object. */
  readonly object: readonly string[];
  /** Whether the next document is still read for itself: to compare pays where many follow, by code that is compiled then. */
  readonly isEarly?: () => boolean;
}

function holdsObject(value: unknown, path: readonly string[]): boolean {
  return isRecord(path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value));
}

/**
 * Reads documents that come one after the other and resemble one another by their shape: the items of a list, the events
 * of a watch. What a document has in common with the one before it, byte for byte, is the same value and costs next to
 * nothing; what the shape does not read is not even parsed. `parse` throws `SyntaxError`, and `Damaged` for a document
 * without its object.
 */
export class RecurringJson implements JsonParser {
  readonly #options: RecurringOptions;
  #before: Buffer = Buffer.alloc(0);
  #spare: Buffer = Buffer.alloc(0);
  #root: Part | undefined;
  /** The last that was read for itself. */
  #latest: unknown;

  constructor(options: RecurringOptions) {
    this.#options = options;
  }

  parse(document: Buffer): unknown {
    const { shape, keep } = this.#options;
    if (this.#root === undefined || document.length > mostRemembered) return this.#parseAlone(document);
    const root = new JsonComparison(this.#before, document, keep).read(this.#root, shape);
    if (!this.#isWhole(root, document)) return this.#parseAlone(document);
    this.#remember(document, root);
    return root.value;
  }

  /** Only where there is one before. */
  get parseBeginning(): JsonParser['parseBeginning'] {
    return this.#root === undefined ? undefined : this.#parseBeginning;
  }

  /** Only where the bytes may hold an object like the one before. */
  readonly #parseBeginning = (bytes: Buffer): ParsedBeginning | undefined => {
    const { shape, keep } = this.#options;
    if (this.#root === undefined || bytes.length < this.#before.length || bytes[0] !== openObject) return undefined;
    try {
      const root = new JsonComparison(this.#before, bytes, keep).readBeginning(this.#root, shape);
      const document = bytes.subarray(0, root.length);
      if (!this.#isWhole(root, document)) return undefined;
      if (root.length <= mostRemembered) this.#remember(document, root);
      return root;
    } catch {
      return undefined;
    }
  };

  #parseAlone(document: Buffer): unknown {
    const { shape, keep, object, isEarly } = this.#options;
    const raw = parseJson(document);
    if (!holdsObject(raw, object)) throw new Damaged('sends an object that is none');
    const value = keep(shape.read(raw), this.#latest);
    this.#latest = value;
    if (isEarly?.() !== true && document.length <= mostRemembered) {
      this.#remember(document, { value, length: document.length, inner: undefined });
    }
    return value;
  }

  /** True when the document certainly has its object. */
  #isWhole(root: Part, document: Buffer): boolean {
    let [part, shape, at]: [Part, Shape<unknown> | undefined, number] = [
      root,
      this.#options.shape,
      afterSpace(document, 0),
    ];
    for (const key of this.#options.object) {
      const inner = shape?.parts === undefined ? undefined : takeApart(part, shape.parts, document, at);
      const place = inner?.keys.indexOf(key) ?? -1;
      const next = inner?.parts[place];
      if (inner === undefined || next === undefined || shape?.parts === undefined || 'item' in shape.parts) {
        return false;
      }
      at += inner.starts[place] ?? 0;
      part = next;
      shape = shape.parts.fields.get(key)?.shape;
    }
    return document[at] === openObject;
  }

  /** The bytes are whoever's they came from, who writes others over them. */
  #remember(document: Buffer, root: Part): void {
    if (this.#spare.buffer.byteLength < document.length) this.#spare = Buffer.allocUnsafeSlow(2 * document.length);
    const copy = Buffer.from(this.#spare.buffer, 0, document.length);
    document.copy(copy);
    this.#spare = this.#before;
    this.#before = copy;
    this.#root = root;
  }
}
