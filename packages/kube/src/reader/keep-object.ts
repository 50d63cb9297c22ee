import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { Keeper } from './keeper.ts';

/** Keeps a projected object, sharing what it has in common with its siblings: those of the same controller, or kind. */
export function keepObject<T extends object>(keeper: Keeper, kind: string, object: T): T {
  const { metadata } = object as { readonly metadata?: Metadata };
  const owner = metadata?.ownerReferences[0]?.uid;
  return keeper.keep(object, owner === undefined || owner === '' ? kind : `${kind} ${owner}`);
}
