import { isRecord } from '../raw-record.ts';
import type { RawRecord } from '../raw-record.ts';

/**
 * What a kind is projected to, said once: a shape is both the type of the projected object and the reader that makes
 * it out of foreign JSON. Readers never throw: a field of the wrong type counts as absent, so a truncated object, a
 * future API version or a hostile bundle cannot break what reads the result.
 */
export interface Shape<T> {
  readonly read: (value: unknown) => T;
  /** Whoever knows which parts of a value changed need not read the others anew. Absent: only the whole can be read. */
  readonly parts?: Parts;
  /** It makes its value of what another shape reads. */
  readonly made?: { readonly of: Shape<unknown>; readonly by: (read: unknown) => T };
}

/** What `read` gives of an object with such parts, or of a list of them, which is as long. */
export type Parts = Fields | { readonly item: Shape<unknown> };

/** By the name that a part has in the value that is read. Others are not read. */
export interface Fields {
  readonly fields: ReadonlyMap<string, Field>;
  /** What is read of an object without any. */
  readonly absent: Readonly<Record<string, unknown>>;
}

export interface Field {
  /** The name that it has in what is read. */
  readonly name: string;
  readonly shape: Shape<unknown>;
}

/** The type that a shape reads to. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const nothing: readonly never[] = Object.freeze([]);

/**
 * A map by names that others chose: it has nothing under `constructor` that nobody wrote. As fast as an object literal, which
 * one without any prototype is not.
 */
class NamesOnly {
  static {
    Object.setPrototypeOf(NamesOnly.prototype, null);
    Reflect.deleteProperty(NamesOnly.prototype, 'constructor');
  }
}

const emptyMap: Readonly<Record<string, never>> = Object.freeze(new NamesOnly() as Record<string, never>);

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
  return {
    read: (v) => (Array.isArray(v) && v.length > 0 ? v.map((one) => item.read(one)) : nothing),
    parts: { item },
  };
}

/** A list of strings; anything else in it is dropped. */
export const texts: Shape<readonly string[]> = {
  read: (v) => (Array.isArray(v) && v.length > 0 ? v.filter((x): x is string => typeof x === 'string') : nothing),
};

/** Labels, annotations, selectors, quantities: string values only (numbers are written as strings). */
export const strings: Shape<Readonly<Record<string, string>>> = {
  read: (v) => {
    if (!isRecord(v)) return emptyMap;
    const out = new NamesOnly() as Record<string, string>;
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
};

/**
 * An object with these fields, each null. Fields added one by one to an empty object make V8 keep it as a hash table, four
 * times as large; a copy of an object that JSON.parse made holds them in a row.
 */
function blankWith(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const nulls = Object.fromEntries(Object.keys(fields).map((key) => [key, null]));
  return JSON.parse(JSON.stringify(nulls)) as Record<string, unknown>;
}

/** Always present: absent fields read as their own empty value. */
export function object<F extends Record<string, Shape<unknown>>>(
  fields: F,
): Shape<{ readonly [K in keyof F]: Shaped<F[K]> }> & { readonly parts: Fields } {
  type Out = { readonly [K in keyof F]: Shaped<F[K]> };
  // All are made when they are needed: of most of the kinds there are none in most clusters.
  let entries: readonly (readonly [string, Shape<unknown>])[] | undefined;
  let blank: Record<string, unknown> | undefined;
  const readRecord = (v: RawRecord): Out => {
    const out: Record<string, unknown> = { ...(blank ??= blankWith(fields)) };
    for (const [key, shape] of (entries ??= Object.entries(fields))) out[key] = shape.read(v[key]);
    return out as Out;
  };
  let empty: Out | undefined;
  const absent = (): Out => (empty ??= Object.freeze(readRecord({})));
  let byName: Fields['fields'] | undefined;
  return {
    read: (v) => (isRecord(v) ? readRecord(v) : absent()),
    parts: {
      get fields() {
        return (byName ??= new Map(Object.entries(fields).map(([name, shape]) => [name, { name, shape }])));
      },
      get absent() {
        return absent();
      },
    },
  };
}

/** Undefined when the value is absent or not an object. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  const read = (v: unknown): T | undefined => (isRecord(v) ? shape.read(v) : undefined);
  return shape.parts !== undefined && 'fields' in shape.parts ? { read, parts: shape.parts } : { read };
}

/** What is made of what another shape reads. */
export function made<R, T>(of: Shape<R>, by: (read: R) => T): Shape<T> {
  return { read: (v) => by(of.read(v)), made: { of, by: (read) => by(read as R) } };
}
