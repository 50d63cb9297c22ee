import { z } from 'zod';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';

type Fields = Readonly<Record<string, unknown>>;

const Entries = z
  .array(
    z.looseObject({
      manager: z.string().default(''),
      operation: z.string().default(''),
      apiVersion: z.string().default(''),
      subresource: z.string().default(''),
      fieldsV1: z.record(z.string(), z.unknown()).default({}),
    }),
  )
  .catch([]);

export interface FieldOwner {
  readonly manager: string;
  /** By server-side apply, so it declares the field for good; otherwise it once wrote it. */
  readonly applies: boolean;
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
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

/** What a name of `fieldsV1` stands for: `f:image` a field; in lists `k:{"name":"web"}`, `v:"x"` and `i:0` an entry. */
function named(value: unknown, name: string): unknown {
  const [by, said] = [name.slice(0, 2), name.slice(2)];
  if (by === 'f:') return isMap(value) && Object.hasOwn(value, said) ? value[said] : undefined;
  if (!Array.isArray(value)) return undefined;
  const meant = parsed(said);
  if (by === 'k:') return value.find((item) => isSubset(meant, item));
  if (by === 'v:') return value.find((item) => same(item, meant));
  return by === 'i:' && typeof meant === 'number' ? value[meant] : undefined;
}

/**
 * Whether one of these fields differs. A field without fields below owns all that is below: a value, an atomic list or
 * map. So does an account without any, which a reader leaves of a list's objects: which fields they are cannot be told.
 */
function owns(fields: unknown, before: unknown, after: unknown): boolean {
  if (!isMap(fields) || same(before, after)) return false;
  const names = Object.keys(fields).filter((name) => name !== '.');
  return names.length === 0 || names.some((name) => owns(fields[name], named(before, name), named(after, name)));
}

/** What is declared of an object, without what the server keeps for itself. */
function declared(object: Manifest): Fields {
  const { status: _status, metadata, ...rest } = object;
  const { labels, annotations, finalizers } = metadata;
  return { ...rest, metadata: { labels: labels ?? {}, annotations: annotations ?? {}, finalizers: finalizers ?? [] } };
}

/**
 * Who owns a field that would be changed, by the server's own account of the object as it is. Fields that are new are
 * nobody's; an account in another version of the API may mean any field.
 * Format: https://kubernetes.io/docs/reference/using-api/server-side-apply/#serialization
 */
export function ownersOfChanges(before: Manifest, after: Manifest): readonly FieldOwner[] {
  const [was, is] = [declared(before), declared(after)];
  return Entries.parse(before.metadata['managedFields'] ?? [])
    .filter(
      ({ fieldsV1, subresource, apiVersion }) =>
        subresource !== 'status' && owns(apiVersion === before.apiVersion ? fieldsV1 : {}, was, is),
    )
    .map(({ manager, operation }) => ({ manager, applies: operation === 'Apply' }));
}
