import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { FieldPath } from '../../scarlet/field-patch.ts';

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
}

function differing(before: unknown, after: unknown, path: FieldPath): readonly FieldPath[] {
  if (same(before, after)) return [];
  if (isMap(before) && isMap(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => differing(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) return before.flatMap((item, index) => differing(item, after[index], [...path, index]));
  return [path];
}

function declared(object: Manifest): Readonly<Record<string, unknown>> {
  const { status: _status, metadata, ...rest } = object;
  const { labels, annotations, finalizers } = metadata;
  return { ...rest, metadata: { labels: labels ?? {}, annotations: annotations ?? {}, finalizers: finalizers ?? [] } };
}

/** Where an object differs from what it was, as paths in it. What the server keeps for itself is left out. */
export function changedPaths(before: Manifest, after: Manifest): readonly FieldPath[] {
  return differing(declared(before), declared(after), []);
}
