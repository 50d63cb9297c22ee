import type { KindName, ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { exactlyNamed, tiers } from './exact-name.ts';

function inNamespace<K extends KindName>(
  snapshot: Snapshot,
  kind: K,
  namespace: string | undefined,
): readonly ObjectOf<K>[] {
  return namespace === undefined ? snapshot.list(kind) : snapshot.listIn(kind, namespace);
}

/** "front end" for `front-end` and `frontend`; `isInParts`: also where the words are only parts of a name. */
export function joinedNames(
  snapshot: Snapshot,
  words: string,
  namespace: string | undefined,
  isInParts: boolean,
): readonly ObjectRef[] {
  const parts = words
    .trim()
    .replace(/^(?:the|my|our|a) /i, '')
    .split(' ');
  if (parts.length < 2 || parts.length > 3) return [];
  const whole = ['-', '']
    .map((by) => exactlyNamed(snapshot, { kind: undefined, namespace, name: parts.join(by) }, undefined))
    .find((refs) => refs.length > 0);
  if (whole !== undefined || !isInParts) return whole ?? [];
  // "The vault injector": of one workload only, all words are parts of its name.
  const having = (tiers[0] ?? []).flatMap((kind) =>
    inNamespace(snapshot, kind, namespace)
      .filter(({ metadata }) => parts.every((part) => metadata.name.split('-').includes(part.toLowerCase())))
      .map((o) => refTo(kind, o)),
  );
  return having.length === 1 ? having : [];
}
