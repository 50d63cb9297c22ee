import type { Cause } from '@autodevops/domain/diagnosis';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Suppression } from '@autodevops/domain/suppression';

const suppressAnnotation = 'autodevops.dev/suppress';

function matchesCode(pattern: string, code: string): boolean {
  return pattern.endsWith('.*') ? code.startsWith(pattern.slice(0, -1)) : pattern === code;
}

function matchesObject(pattern: string, object: Cause['object']): boolean {
  const parts = pattern.split('/');
  const names = parts.length === 2 ? [object.kind, object.name] : [object.kind, object.namespace, object.name];
  return parts.length === names.length && parts.every((part, index) => part === '*' || part === names[index]);
}

/** A day, or a moment with its zone. */
const expiry =
  /^(\d{4}-(\d{2})-(\d{2}))(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

function isExpiry(text: string): boolean {
  const day = expiry.exec(text)?.[1];
  // The 30th of February is a day in March to `Date`.
  return day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true;
}

const annotationFields = ['code', 'owner', 'reason', 'expires'] as const;

/**
 * `code=...; owner=...; reason=...; expires=...` on the object itself; undefined when it is not whole. It takes what the
 * contract of a suppression takes, and reads it by hand: the contract loads longer than all else that an answer needs.
 */
export function suppressionFromAnnotation(annotation: string, object: Cause['object']): Suppression | undefined {
  const fields: Record<string, string> = {};
  for (const part of annotation.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) fields[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  const key =
    object.namespace === '' ? `${object.kind}/${object.name}` : `${object.kind}/${object.namespace}/${object.name}`;
  const { object: _itself, ...said } = fields;
  const whole = annotationFields.every((name) => (said[name] ?? '') !== '') && isExpiry(said['expires'] ?? '');
  if (!whole || Object.keys(said).length > annotationFields.length) return undefined;
  const { code = '', owner = '', reason = '', expires = '' } = said;
  return { code, object: key, owner, reason, expires };
}

function annotated(snapshot: Snapshot, object: Cause['object']): Suppression | undefined {
  if (!isKindName(object.kind)) return undefined;
  const annotation = snapshot.get(object.kind, object.namespace, object.name)?.metadata.annotations[suppressAnnotation];
  return annotation === undefined ? undefined : suppressionFromAnnotation(annotation, object);
}

/** The suppression that covers a cause now, if any. Expired ones cover nothing. */
export function suppressionOf(
  cause: Pick<Cause, 'code' | 'object'>,
  snapshot: Snapshot,
  given: readonly Suppression[],
): Suppression | undefined {
  const fromObject = annotated(snapshot, cause.object);
  const all = fromObject === undefined ? given : [...given, fromObject];
  return all.find(
    (s) =>
      Date.parse(s.expires) > snapshot.now && matchesCode(s.code, cause.code) && matchesObject(s.object, cause.object),
  );
}
