import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { FieldPath } from '../../scarlet/field-patch.ts';

type Fields = Readonly<Record<string, unknown>>;

const Entries = z.array(z.looseObject({
  manager: z.string().default(''),
  operation: z.string().default(''),
  subresource: z.string().default(''),
  fieldsV1: z.record(z.string(), z.unknown()).default({}),
})).catch([]);

export interface FieldOwner {
  readonly manager: string;
  /** By server-side apply, so it declares the field for good; otherwise it once wrote it. */
  readonly applies: boolean;
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSubset(part: unknown, whole: unknown): boolean {
  return isMap(part) && isMap(whole) && Object.entries(part).every(([key, value]) => whole[key] === value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The entry of a list in `fieldsV1`: `k:{"name":"web"}` by its keys, `v:"x"` by its value. */
function listEntry(fields: Fields, item: unknown): unknown {
  const found = Object.entries(fields).find(([name]) => (name.startsWith('k:') && isSubset(parsed(name.slice(2)), item)) || (name.startsWith('v:') && parsed(name.slice(2)) === item));
  return found?.[1];
}

/**
 * An entry without children owns all that is below: an atomic list or map, or a value. So does an account without
 * entries, which a reader leaves of a large object: whose field it is cannot be told then.
 */
function covers(fields: unknown, object: unknown, path: FieldPath): boolean {
  const [key, ...rest] = path;
  if (!isMap(fields)) return false;
  if (key === undefined || Object.keys(fields).every((name) => name === '.')) return true;
  if (Array.isArray(object)) return typeof key === 'number' && covers(listEntry(fields, object[key]), object[key], rest);
  return covers(fields[`f:${key}`], isMap(object) ? object[key] : undefined, rest);
}

/**
 * Who owns one of these fields of the object, by the server's own account.
 * Format: https://kubernetes.io/docs/reference/using-api/server-side-apply/#serialization
 */
export function fieldOwners(object: Manifest, paths: readonly FieldPath[]): readonly FieldOwner[] {
  return Entries.parse(object.metadata['managedFields'] ?? [])
    .filter(({ fieldsV1, subresource }) => subresource !== 'status' && paths.some((path) => covers(fieldsV1, object, path)))
    .map(({ manager, operation }) => ({ manager, applies: operation === 'Apply' }));
}
