import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindRead } from '../reader/lists/kind-read.ts';

interface Placed {
  readonly metadata: { readonly namespace: string };
}

/** Of how many choices of namespaces a list is held. */
const mostHeld = 16;
/** The same array for the same list and namespaces: indexes that were made of it hold. */
const held = new WeakMap<readonly object[], Map<string, readonly object[]>>();

function filtered(objects: readonly object[], namespaces: readonly string[]): readonly object[] {
  const wanted = new Set(['', ...namespaces]);
  return objects.filter((object) => wanted.has((object as Placed).metadata.namespace));
}

/** Those in these namespaces, and those in none. */
export function objectsWithin<T extends object>(objects: readonly T[], namespaces: readonly string[]): readonly T[] {
  const choices = held.get(objects) ?? new Map<string, readonly object[]>();
  held.set(objects, choices);
  const key = namespaces.toSorted().join();
  const found = choices.get(key) ?? filtered(objects, namespaces);
  // The one that was wanted last comes last, so that the first is the one to go.
  choices.delete(key);
  choices.set(key, found);
  const [oldest] = choices.keys();
  if (choices.size > mostHeld && oldest !== undefined) choices.delete(oldest);
  return found as readonly T[];
}

/** The namespaces that are both held and wanted; undefined: all of them. */
export function namespacesWithin(
  of: readonly string[] | undefined,
  wanted: readonly string[] | undefined,
): readonly string[] | undefined {
  return wanted === undefined || of === undefined
    ? (wanted ?? of)
    : wanted.filter((namespace) => of.includes(namespace));
}

/** A kind as it would have been read in these namespaces alone. */
export function readWithin(read: KindRead, namespaces: readonly string[]): KindRead {
  const { kind, byNamespace, denied, ...rest } = read;
  if (!kinds[kind].namespaced) return read;
  const objects = objectsWithin(read.objects, namespaces);
  const own = {
    ...rest,
    kind,
    objects,
    ...(read.seenEvents === undefined ? {} : { seenEvents: read.seenEvents - read.objects.length + objects.length }),
  };
  if (byNamespace === undefined) {
    return { ...own, ...(denied === undefined ? {} : { denied: { ...denied, askedIn: namespaces } }) };
  }
  const named = Object.fromEntries(
    namespaces.map((namespace) => [namespace, byNamespace.named[namespace] ?? byNamespace.elsewhere]),
  );
  const seen = namespaces.filter((namespace) => named[namespace] === 'full');
  if (seen.length === namespaces.length) {
    return { ...own, coverage: read.seenEvents === undefined ? 'full' : 'partial' };
  }
  return {
    ...own,
    coverage: seen.length === 0 ? 'none' : 'partial',
    byNamespace: { named, elsewhere: 'none' },
    ...(denied === undefined ? {} : { denied: { kind, readIn: seen, askedIn: namespaces } }),
  };
}
