import type { Fields, Parts } from '@autodevops/domain/kubernetes/shape';
import { afterSpace, closeList, closeObject, comma, endOfValue, openObject } from './json-bytes.ts';

/** One value of a JSON text. It does not know where it stands, so that texts which have it in common share it. */
export interface Part {
  /** What its shape reads of it; undefined where no shape reads it. */
  readonly value: unknown;
  /** In bytes. */
  readonly length: number;
  /** Undefined: not taken apart so far. Null: it cannot be. */
  inner: Inner | null | undefined;
}

/** What an object or a list is made of, in its order. */
export interface Inner {
  /** Of a list: none. */
  readonly keys: readonly string[];
  /** Where each value begins, counted from where the whole does. */
  readonly starts: readonly number[];
  readonly parts: readonly Part[];
}

function itemsOf(value: readonly unknown[], bytes: Buffer, at: number): Inner {
  const [starts, parts]: [number[], Part[]] = [[], []];
  let i = afterSpace(bytes, at + 1);
  while (bytes[i] !== closeList) {
    const end = endOfValue(bytes, i);
    starts.push(i - at);
    parts.push({ value: value[parts.length], length: end - i, inner: undefined });
    i = afterSpace(bytes, end);
    if (bytes[i] === comma) i = afterSpace(bytes, i + 1);
  }
  return { keys: [], starts, parts };
}

function fieldsOf(
  value: Readonly<Record<string, unknown>>,
  { fields }: Fields,
  bytes: Buffer,
  at: number,
): Inner | null {
  const keys: string[] = [];
  const [starts, parts]: [number[], Part[]] = [[], []];
  let i = afterSpace(bytes, at + 1);
  while (bytes[i] !== closeObject) {
    const behindKey = endOfValue(bytes, i);
    const key = JSON.parse(bytes.toString('utf8', i, behindKey)) as string;
    const start = afterSpace(bytes, afterSpace(bytes, behindKey) + 1);
    const end = endOfValue(bytes, start);
    const name = fields.get(key)?.name;
    keys.push(key);
    starts.push(start - at);
    parts.push({ value: name === undefined ? undefined : value[name], length: end - start, inner: undefined });
    i = afterSpace(bytes, end);
    if (bytes[i] === comma) i = afterSpace(bytes, i + 1);
  }
  // Of a key that is there twice only the last value is known.
  return new Set(keys).size === keys.length ? { keys, starts, parts } : null;
}

/** What an object or a list is made of; undefined where that cannot be told. `bytes` hold it at `at`, well-formed. */
export function takeApart(part: Part, shape: Parts, bytes: Buffer, at: number): Inner | undefined {
  if (part.inner !== undefined) return part.inner ?? undefined;
  const isObject = bytes[at] === openObject;
  if ('item' in shape) part.inner = isObject ? null : itemsOf(part.value as readonly unknown[], bytes, at);
  else part.inner = isObject ? fieldsOf(part.value as Readonly<Record<string, unknown>>, shape, bytes, at) : null;
  return part.inner ?? undefined;
}
