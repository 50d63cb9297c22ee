import type { KindName, ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { AskContext, Reply } from './intent.ts';

/** Objects of a kind in the question's scope. */
export function inScope<K extends KindName>({ snapshot, namespace }: AskContext, kind: K): readonly ObjectOf<K>[] {
  return namespace === undefined || !kinds[kind].namespaced ? snapshot.list(kind) : snapshot.listIn(kind, namespace);
}

/** " in namespace shop", or nothing. */
export function scopeWords({ namespace }: AskContext): string {
  return namespace === undefined ? '' : ` in namespace ${namespace}`;
}

/** The reply when a kind was not read at all: no number is better than a wrong one. */
export function notSeen(context: AskContext, kind: KindName): Reply | undefined {
  const { snapshot, namespace } = context;
  if (snapshot.coverage(kind, namespace) !== 'none') return undefined;
  return {
    outcome: 'not-seen',
    headline: `I could not read ${kinds[kind].plural}${scopeWords(context)}.`,
    blindSpots: [...snapshot.blindSpots],
  };
}

/** "At least" where only a part was seen. */
export function atLeast({ snapshot, namespace }: AskContext, kind: KindName): string {
  return snapshot.saw(kind, namespace) ? '' : 'At least ';
}
