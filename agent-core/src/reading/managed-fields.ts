import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';
import { isRecord } from '@autodevops/domain/raw-record';
import { z } from 'zod';

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

/** What one manager owns by one way of writing, by the server's own account. */
export type ManagedFields = z.infer<typeof Entries>[number];

/**
 * Who owns which fields of an object. A reader leaves the fields out of a list's objects: then they are empty.
 * Format: https://kubernetes.io/docs/reference/using-api/server-side-apply/#serialization
 */
export function managedFieldsOf(object: Manifest): readonly ManagedFields[] {
  return Entries.parse(object.metadata['managedFields'] ?? []);
}

export function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
}

function isSubset(part: unknown, whole: unknown): boolean {
  return isRecord(part) && isRecord(whole) && Object.entries(part).every(([key, value]) => whole[key] === value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The names of what is owned below: `.` is the field or the entry itself. */
export function namesBelow(fields: Fields): readonly string[] {
  return Object.keys(fields).filter((name) => name !== '.');
}

/** What tells an entry of a list from the others: `{ name: 'web' }` for `k:{"name":"web"}`; nothing for other names. */
export function keysOf(name: string): Fields {
  const keys = name.startsWith('k:') ? parsed(name.slice(2)) : undefined;
  return isRecord(keys) ? keys : {};
}

/** What a name of `fieldsV1` stands for: `f:image` a field; in lists `k:{"name":"web"}`, `v:"x"` and `i:0` an entry. */
export function fieldNamed(value: unknown, name: string): unknown {
  const [by, said] = [name.slice(0, 2), name.slice(2)];
  if (by === 'f:') return isRecord(value) && Object.hasOwn(value, said) ? value[said] : undefined;
  if (!Array.isArray(value)) return undefined;
  const meant = parsed(said);
  if (by === 'k:') return value.find((item) => isSubset(meant, item));
  if (by === 'v:') return value.find((item) => isSame(item, meant));
  return by === 'i:' && typeof meant === 'number' ? value[meant] : undefined;
}
