import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { isRecord } from '@autodevops/domain/raw-record';
import { fieldAt, pointer, removeField, setField } from './field-patch.ts';
import type { FieldPath, Json } from './field-patch.ts';

/** How many entries at the beginning, and then at the end, are the same in both. */
function commonEnds(a: readonly Json[], b: readonly Json[]): readonly [number, number] {
  const same = (x: Json | undefined, y: Json | undefined): boolean =>
    x !== undefined && y !== undefined && canonicalJson(x) === canonicalJson(y);
  const shortest = Math.min(a.length, b.length);
  let head = 0;
  while (head < shortest && same(a[head], b[head])) head += 1;
  let tail = 0;
  while (tail < shortest - head && same(a.at(-1 - tail), b.at(-1 - tail))) tail += 1;
  return [head, tail];
}

/**
 * Entries between the common ends are compared one by one; what is left over is taken out from behind, or put in from
 * before, so that each step's index is the one that the entry has in the object as it is.
 */
function listSteps(
  object: Manifest,
  path: FieldPath,
  present: readonly Json[],
  wanted: readonly Json[],
): readonly PatchStep[] {
  const [head, tail] = commonEnds(present, wanted);
  const [had, has] = [present.length - tail, wanted.length - tail];
  const both = Math.min(had, has);
  const changed = wanted
    .slice(head, both)
    .flatMap((item, index) => differenceSteps(object, [...path, head + index], item));
  const removed = present.slice(both, had).flatMap((_item, index) => removeField(object, [...path, had - 1 - index]));
  const added = wanted
    .slice(both, has)
    .map((value, index): PatchStep => ({ op: 'add', path: pointer([...path, both + index]), value }));
  return [...changed, ...removed, ...added];
}

/**
 * Steps that make the part at `path` equal to `wanted`, field by field and entry by entry, so that people see what
 * differs and not the whole. A null is nothing, as the API reads it. No steps when equal.
 */
export function differenceSteps(object: Manifest, path: FieldPath, wanted: Json | undefined): readonly PatchStep[] {
  const present = (fieldAt(object, path) ?? undefined) as Json | undefined;
  if (wanted === undefined || wanted === null) return present === undefined ? [] : removeField(object, path);
  if (present !== undefined && canonicalJson(present) === canonicalJson(wanted)) return [];
  if (isRecord(present) && isRecord(wanted)) {
    const keys = [...new Set([...Object.keys(present), ...Object.keys(wanted)])].toSorted();
    return keys.flatMap((key) =>
      differenceSteps(object, [...path, key], Object.hasOwn(wanted, key) ? wanted[key] : undefined),
    );
  }
  if (Array.isArray(present) && Array.isArray(wanted)) return listSteps(object, path, present, wanted);
  return setField(object, path, wanted);
}
