import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest, PatchStep } from '@autodevops/domain/change/operation';
import type { z } from 'zod';

export type Json = z.core.util.JSONType;

/** Keys of maps and indices of lists, from the object's root. */
export type FieldPath = readonly (string | number)[];

/** The JSON pointer (RFC 6901) of a path. */
export function pointer(path: FieldPath): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at a path; undefined where there is none. */
export function fieldAt(object: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      isContainer(value) && Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined,
    object,
  );
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Steps that set one field of the object: what it was is tested first, parents that are missing are made. No steps
 * when it has the value already.
 */
export function setField(object: Manifest, path: FieldPath, value: Json): readonly PatchStep[] {
  const before = fieldAt(object, path);
  if (before !== undefined && canonicalJson(before) === canonicalJson(value)) return [];
  if (before !== undefined) {
    return [
      { op: 'test', path: pointer(path), value: before as Json },
      { op: 'replace', path: pointer(path), value },
    ];
  }
  const depth = path.findIndex((_key, index) => fieldAt(object, path.slice(0, index + 1)) === undefined);
  const whole = path
    .slice(depth + 1)
    .reduceRight<Json>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
  return [{ op: 'add', path: pointer(path.slice(0, depth + 1)), value: whole }];
}

/** A step by which the whole patch is refused unless the field is still as it is in the object. */
export function guardField(object: Manifest, path: FieldPath): readonly PatchStep[] {
  const value = fieldAt(object, path);
  return value === undefined ? [] : [{ op: 'test', path: pointer(path), value: value as Json }];
}

/** Steps that remove one field; what it was is tested first. No steps when there is none. */
export function removeField(object: Manifest, path: FieldPath): readonly PatchStep[] {
  const before = fieldAt(object, path);
  if (before === undefined) return [];
  return [
    { op: 'test', path: pointer(path), value: before as Json },
    { op: 'remove', path: pointer(path) },
  ];
}
