/**
 * What a kind is projected to, said once: a shape is both the type of the projected object and the reader that makes
 * it out of foreign JSON. Readers never throw: a field of the wrong type counts as absent, so a truncated object, a
 * future API version or a hostile bundle cannot break what reads the result.
 */
export interface Shape<T> {
  readonly read: (value: unknown) => T;
  /**
   * Reads as `read` does, but what equals its counterpart in `like` (what was read of the same object before, or of a
   * similar one) is that counterpart: faster, and held once. Absent: see `readLike`.
   */
  readonly readLike?: (value: unknown, like: unknown, keep: Keep) => T;
}

/** What to hold instead of a new part, beside its counterpart: an equal one that is held already, or the part itself. */
export type Keep = (part: unknown, like: unknown) => unknown;

/** The type that a shape reads to. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const nothing: readonly never[] = Object.freeze([]);
const emptyMap: Readonly<Record<string, never>> = Object.freeze({});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `readLike` of a shape; a shape without it is read, and `keep` looks for what it has in common with `like`. */
export function readLike<T>(shape: Shape<T>): (value: unknown, like: unknown, keep: Keep) => T {
  if (shape.readLike !== undefined) return shape.readLike;
  const { read } = shape;
  return (value, like, keep) => {
    const part = read(value);
    if (part === like) return like as T;
    return (typeof part === 'string' || typeof part === 'object' ? keep(part, like) : part) as T;
  };
}

/** A string; absent when it is anything else. Times are texts too (RFC 3339). */
export const text: Shape<string | undefined> = { read: (v) => (typeof v === 'string' ? v : undefined) };

/** A string that readers may rely on: empty when absent. */
export const name: Shape<string> = { read: (v) => (typeof v === 'string' ? v : '') };

export const number: Shape<number | undefined> = {
  read: (v) => (typeof v === 'number' && Number.isFinite(v) ? v : undefined),
};

export const flag: Shape<boolean | undefined> = { read: (v) => (typeof v === 'boolean' ? v : undefined) };

/** Kubernetes' IntOrString: ports and rollout limits. */
export const intOrText: Shape<number | string | undefined> = {
  read: (v) => (typeof v === 'string' || (typeof v === 'number' && Number.isFinite(v)) ? v : undefined),
};

/** Kept as it came. Only for small parts whose inside no rule needs typed. */
export const json: Shape<Json | undefined> = { read: (v) => (v === undefined ? undefined : (v as Json)) };

/** Items of the wrong type are read as empty items, so positions (field paths) stay true. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  const readItem = readLike(item);
  return {
    read: (v) => (Array.isArray(v) && v.length > 0 ? v.map((one) => item.read(one)) : nothing),
    readLike: (v, like, keep) => {
      if (!Array.isArray(v) || v.length === 0) return nothing;
      const before = Array.isArray(like) ? (like as readonly T[]) : nothing;
      const items = v.map((one, at) => readItem(one, before[at], keep));
      return before.length === items.length && items.every((one, at) => one === before[at]) ? before : items;
    },
  };
}

/** A list of strings; anything else in it is dropped. */
export const texts: Shape<readonly string[]> = {
  read: (v) => (Array.isArray(v) && v.length > 0 ? v.filter((x): x is string => typeof x === 'string') : nothing),
  readLike: (v, like, keep) => {
    const before = Array.isArray(like) ? (like as readonly string[]) : nothing;
    if (Array.isArray(v) && v.length === before.length && v.every((one, at) => one === before[at])) return before;
    return keep(texts.read(v), like) as readonly string[];
  },
};

function equalStrings(v: Record<string, unknown>, like: Record<string, unknown>): boolean {
  let left = Object.keys(like).length;
  for (const key in v) {
    if (v[key] !== like[key] || typeof v[key] !== 'string') return false;
    left -= 1;
  }
  return left === 0;
}

/** Labels, annotations, selectors, quantities: string values only (numbers are written as strings). */
export const strings: Shape<Readonly<Record<string, string>>> = {
  read: (v) => {
    if (!isRecord(v)) return emptyMap;
    const out: Record<string, string> = {};
    let any = false;
    for (const key of Object.keys(v)) {
      const value = v[key];
      if (typeof value === 'string') out[key] = value;
      else if (typeof value === 'number' || typeof value === 'boolean') out[key] = String(value);
      else continue;
      any = true;
    }
    return any ? out : emptyMap;
  },
  readLike: (v, like, keep) => {
    if (isRecord(v) && isRecord(like) && equalStrings(v, like)) return like as Readonly<Record<string, string>>;
    return keep(strings.read(v), like) as Readonly<Record<string, string>>;
  },
};

/** Always present: absent fields read as their own empty value. */
export function object<F extends Record<string, Shape<unknown>>>(
  fields: F,
): Shape<{ readonly [K in keyof F]: Shaped<F[K]> }> {
  type Out = { readonly [K in keyof F]: Shaped<F[K]> };
  const entries = Object.entries(fields).map(([key, shape]) => [key, shape, readLike(shape)] as const);
  // Fields added one by one to an empty object make V8 keep it as a hash table, four times as large; a copy of an
  // object that JSON.parse made holds them in a row.
  const blank = JSON.parse(JSON.stringify(Object.fromEntries(entries.map(([key]) => [key, null])))) as Record<string, unknown>;
  const readRecord = (v: Record<string, unknown>): Out => {
    const out: Record<string, unknown> = { ...blank };
    for (const [key, shape] of entries) out[key] = shape.read(v[key]);
    return out as Out;
  };
  const readRecordLike = (v: Record<string, unknown>, like: Record<string, unknown>, keep: Keep): Out => {
    let out: Record<string, unknown> | undefined;
    for (const [key, , readField] of entries) {
      const before = like[key];
      const part = readField(v[key], before, keep);
      if (part === before) continue;
      out ??= { ...like };
      out[key] = part;
    }
    return (out ?? like) as Out;
  };
  const empty = Object.freeze(readRecord({}));
  return {
    read: (v) => (isRecord(v) ? readRecord(v) : empty),
    readLike: (v, like, keep) => {
      if (!isRecord(v)) return empty;
      // The frozen one is no pattern: its copies are laid out otherwise.
      return readRecordLike(v, isRecord(like) && like !== empty ? like : { ...blank }, keep);
    },
  };
}

/** Undefined when the value is absent or not an object. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  const readInner = readLike(shape);
  return {
    read: (v) => (isRecord(v) ? shape.read(v) : undefined),
    readLike: (v, like, keep) => (isRecord(v) ? readInner(v, like, keep) : undefined),
  };
}
