import type { Fields, Shape } from '@autodevops/domain/kubernetes/shape';
import type { Inner, Part } from './json-part.ts';

type Values = Record<string, unknown>;

/** An object or a list while it is read. */
export interface Growing {
  readonly keys: string[];
  readonly starts: number[];
  readonly parts: Part[];
}

/** With another part there. The first change makes a copy. */
export function replaced(parts: readonly Part[], before: readonly Part[], at: number, part: Part): readonly Part[] {
  const copy = parts === before ? parts.slice() : (parts as Part[]);
  copy[at] = part;
  return copy;
}

/** With this one, and those behind it, further on by so much than before. The first change makes a copy. */
export function moved(
  starts: readonly number[],
  before: readonly number[],
  at: number,
  by: { readonly here: number; readonly behind: number },
): readonly number[] {
  if (starts === before && by.here === 0 && by.behind === 0) return starts;
  const copy = starts === before ? starts.slice() : (starts as number[]);
  copy[at] = (before[at] ?? 0) + by.here;
  for (let i = at + 1; i < copy.length; i += 1) copy[i] = (before[i] ?? 0) + by.behind;
  return copy;
}

/** An object with the keys of the one before it, in the same order. */
export function objectLike(
  part: Part,
  { fields }: Fields,
  {
    before,
    starts,
    parts,
  }: { readonly before: Inner; readonly starts: readonly number[]; readonly parts: readonly Part[] },
  length: number,
): Part {
  const { keys } = before;
  let value: Values | undefined;
  for (let i = 0; i < keys.length; i += 1) {
    const [read, counterpart] = [parts[i] as Part, before.parts[i] as Part];
    if (read === counterpart || read.value === counterpart.value) continue;
    const field = fields.get(keys[i] as string);
    if (field === undefined) continue;
    value ??= { ...(part.value as Values) };
    value[field.name] = read.value;
  }
  return { value: value ?? part.value, length, inner: { keys, starts, parts } };
}

/** An object whose keys are others than before, or stand in another order. */
export function objectOf(
  part: Part,
  { fields, absent }: Fields,
  { keys, starts, parts }: Growing,
  length: number,
): Part {
  // The same fields in the same order as the one before: so both are laid out alike in memory.
  const value = { ...(part.value as Values), ...absent };
  for (const [at, key] of keys.entries()) {
    const field = fields.get(key);
    if (field !== undefined) value[field.name] = parts[at]?.value;
  }
  // Where a key is there twice the last one counts, and what follows is not compared with it.
  return { value, length, inner: new Set(keys).size === keys.length ? { keys, starts, parts } : null };
}

/** A list; the one before it where its values are the same. */
export function listOf(part: Part, shape: Shape<unknown>, { keys, starts, parts }: Growing, length: number): Part {
  const before = part.value as readonly unknown[];
  const isSame = parts.length === before.length && parts.every(({ value }, at) => value === before[at]);
  const value = isSame ? before : parts.length === 0 ? shape.read([]) : parts.map((one) => one.value);
  return { value, length, inner: { keys, starts, parts } };
}
