import type { Cause } from '@autodevops/domain/diagnosis';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { suppressAnnotation, Suppression } from '@autodevops/domain/suppression';

function matchesCode(pattern: string, code: string): boolean {
  return pattern.endsWith('.*') ? code.startsWith(pattern.slice(0, -1)) : pattern === code;
}

function matchesObject(pattern: string, object: Cause['object']): boolean {
  const parts = pattern.split('/');
  const names = parts.length === 2 ? [object.kind, object.name] : [object.kind, object.namespace, object.name];
  return parts.length === names.length && parts.every((part, index) => part === '*' || part === names[index]);
}

/** `code=...; owner=...; reason=...; expires=...` on the object itself; undefined when it is not whole. */
export function suppressionFromAnnotation(annotation: string, object: Cause['object']): Suppression | undefined {
  const fields: Record<string, string> = {};
  for (const part of annotation.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) fields[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  const key =
    object.namespace === '' ? `${object.kind}/${object.name}` : `${object.kind}/${object.namespace}/${object.name}`;
  const parsed = Suppression.safeParse({ ...fields, object: key });
  return parsed.success ? parsed.data : undefined;
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
