import type { Turn } from '@autodevops/domain/conversation';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { distinct } from '../naming/names.ts';

/** What of the turn before a question may mean. */
export type AskedBefore = Pick<
  Turn,
  'time' | 'question' | 'understood' | 'namespace' | 'intent' | 'objects' | 'causes'
>;

/** What "it" is: one object, the whole of what was asked about, one of several (nobody can tell which), or nothing. */
export type Subject =
  | { readonly kind: 'object'; readonly object: ObjectRef; readonly of: number }
  | { readonly kind: 'scope' }
  | { readonly kind: 'several'; readonly objects: readonly ObjectRef[] }
  | { readonly kind: 'nothing' };

/** What an ordinal counts: the objects of the answer where it had several, its causes otherwise. */
export function countable({ objects, causes }: AskedBefore): readonly ObjectRef[] {
  const named = distinct(objects);
  return named.length > 1 ? named : distinct(causes.map(({ object }) => object));
}

/** Of an answer about one object that object, of an answer about a whole scope its first cause. */
export function subjectOf(before: AskedBefore): Subject {
  const named = distinct(before.objects);
  const [object] = named;
  if (object !== undefined) {
    return named.length === 1 ? { kind: 'object', object, of: 1 } : { kind: 'several', objects: named };
  }
  const causes = distinct(before.causes.map((cause) => cause.object));
  const [first] = causes;
  if (first !== undefined) return { kind: 'object', object: first, of: causes.length };
  return scopeIntents.has(before.intent) ? { kind: 'scope' } : { kind: 'nothing' };
}

const scopeIntents: ReadonlySet<string> = new Set(['what-is-wrong', 'why-failing', 'is-healthy', 'what-changed']);

/** Whether the answer before was about a whole scope: "is it better now?" means all of it then. */
export function wasAboutScope({ objects, intent }: AskedBefore): boolean {
  return objects.length === 0 && scopeIntents.has(intent);
}
